from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self) -> None:
        from audit.checks import triggers_installed
        from audit.triggers import install_after_migrate

        # Django's own step after migrating, which runs once every table of every app is there.
        # On SQLite altering a field rebuilds its table and silently drops the triggers.
        post_migrate.connect(install_after_migrate, sender=self)
        checks.register(triggers_installed, checks.Tags.database)
