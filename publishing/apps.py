from django.apps import AppConfig
from django.core import checks


class PublishingConfig(AppConfig):
    name = "publishing"

    def ready(self) -> None:
        from publishing.checks import aliases_exist, keys_are_here

        checks.register(aliases_exist, checks.Tags.database)
        checks.register(keys_are_here, checks.Tags.database)
