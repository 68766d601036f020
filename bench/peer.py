"""The peer of the review queue: the list that Django's admin makes of the same table."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import include, path

from drafts.models import Draft


class Everybody(admin.AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active


class Drafts(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable when it runs
    """What the queue shows of each draft, as somebody would set it up in an afternoon."""

    list_display = ("text", "account", "author", "planned_at", "submitted_at", "step")
    list_select_related = ("account__lpt", "author")
    list_filter = ("state",)
    list_per_page = 25
    search_fields = ("text",)
    ordering = ("queue_at", "pk")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Draft | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Draft | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Draft | None = None) -> bool:
        return False


site = Everybody()
site.register(Draft, Drafts)
urlpatterns = [path("admin/", site.urls), path("", include("config.urls"))]
