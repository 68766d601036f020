"""The peer of a decision: a field of a draft that somebody fills in and saves in Django's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path

from bench.peer import Drafts, Everybody
from drafts.models import Draft


class Decided(Drafts):
    """One field of a draft to fill in and save, which leads back to the list."""

    fields = ("returned_reason",)

    def has_change_permission(self, request: HttpRequest, obj: Draft | None = None) -> bool:
        return True

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Keep no log: the product's database has no table for it."""


site = Everybody()
site.register(Draft, Decided)
urlpatterns = [path("admin/", site.urls), path("", include("config.urls"))]
