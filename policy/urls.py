from django.urls import path

from policy import views
from policy.registers import views as registers

app_name = "policy"
urlpatterns = [
    path("", views.Rulebook.as_view(), name="rulebook"),
    path("restrictions/", registers.Restrictions.as_view(), name="restrictions"),
    path(
        "restrictions/<int:pk>/change/",
        registers.ChangeRestriction.as_view(),
        name="change-restriction",
    ),
    path("restrictions/<int:pk>/end/", registers.EndRestriction.as_view(), name="end-restriction"),
    path("elections/", registers.Elections.as_view(), name="elections"),
    path("elections/<int:pk>/end/", registers.EndElection.as_view(), name="end-election"),
]
