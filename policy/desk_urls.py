"""Where a policy owner changes the rulebook. The desk itself reads drafts: it is in insights."""

from django.urls import path

from policy import views

app_name = "rules"
urlpatterns = [
    path("rules/<slug:rule_id>/", views.ChangeRule.as_view(), name="rule"),
    path("lists/", views.Lists.as_view(), name="lists"),
    path("lists/<slug:name>/", views.ChangeList.as_view(), name="list"),
    path("numbers/", views.ChangeNumbers.as_view(), name="numbers"),
    path("versions/", views.Versions.as_view(), name="versions"),
    path("versions/<int:pk>/", views.Version.as_view(), name="version"),
    path("own-account/", views.OwnAccount.as_view(), name="own-account"),
]
