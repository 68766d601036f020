from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("insights.urls")),
    path("", include("drafts.urls")),
    path("", include("approvals.urls")),
    path("", include("publishing.urls")),
    path("", include("lifecycle.urls")),
    path("incidents/", include("incidents.urls")),
    path("rulebook/", include("policy.urls")),
    path("policy/", include("policy.desk_urls")),
    path("accounts/", include("accounts.urls")),
    path("", include("accounts.desk_urls")),
]
if settings.DEMO:
    urlpatterns.insert(0, path("", include("demonstration.urls")))

handler400 = "insights.views.errors.bad_request"
handler403 = "insights.views.errors.forbidden"
handler404 = "insights.views.errors.not_found"
handler500 = "insights.views.errors.server_error"
