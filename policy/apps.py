from django.apps import AppConfig
from django.core import checks


class PolicyConfig(AppConfig):
    name = "policy"

    def ready(self) -> None:
        from policy.checks import names_model_is_there, packs_load, versions_fit

        checks.register(packs_load)
        checks.register(names_model_is_there)
        checks.register(versions_fit, checks.Tags.database)
