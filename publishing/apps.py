from django.apps import AppConfig
from django.core import checks


class PublishingConfig(AppConfig):
    name = "publishing"

    def ready(self) -> None:
        from publishing.checks import aliases_exist

        checks.register(aliases_exist, checks.Tags.database)
