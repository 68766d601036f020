from django.urls import path

from insights import views

app_name = "insights"
urlpatterns = [
    path("", views.Start.as_view(), name="start"),
    path("start/<str:token>/", views.StartForce.as_view(), name="start-force"),
    path("health/", views.Health.as_view(), name="health"),
    path("healthz", views.Alive.as_view(), name="alive"),
    path("readyz", views.Ready.as_view(), name="ready"),
    path("metrics", views.Metrics.as_view(), name="metrics"),
    path("desk/", views.Desk.as_view(), name="desk"),
    path("desk/read/", views.NoticesRead.as_view(), name="notices-read"),
    path("drafts/<int:pk>/", views.DraftPage.as_view(), name="draft"),
    path("figures/", views.TurnaroundPage.as_view(), name="turnaround"),
    path("figures/turnaround.csv", views.TurnaroundFile.as_view(), name="turnaround-file"),
    path("policy/desk/", views.RulesDesk.as_view(), name="rules-desk"),
    path("policy/versions/<int:pk>/trial/", views.TrialPage.as_view(), name="trial"),
    path("accessibility/", views.Accessibility.as_view(), name="accessibility"),
    path("about-you/", views.AboutYou.as_view(), name="about-you"),
]
