from django.apps import AppConfig
from django.core import checks


class PolicyConfig(AppConfig):
    name = "policy"

    def ready(self) -> None:
        from policy.checks import packs_load

        checks.register(packs_load)
