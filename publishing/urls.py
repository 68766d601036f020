from django.urls import path

from publishing import views

app_name = "publishing"
urlpatterns = [
    path("deliveries/", views.Deliveries.as_view(), name="deliveries"),
    path("deliveries/<int:pk>/answer/", views.Answer.as_view(), name="answer"),
    path("deliveries/<int:pk>/time/", views.MoveTime.as_view(), name="move-time"),
    path("deliveries/news/", views.NewsBreaks.as_view(), name="news"),
    path("status/", views.StatusPage.as_view(), name="status"),
    path("alerts/", views.Alerts.as_view(), name="alerts"),
    path("alerts/<int:pk>/lift/", views.Lift.as_view(), name="lift"),
    path("connections/", views.Connections.as_view(), name="connections"),
    path(
        "connections/<int:pk>/test/",
        views.CheckConnection.as_view(),
        name="test-connection",
    ),
    path(
        "connections/<int:pk>/credentials/",
        views.Credentials.as_view(),
        name="credentials",
    ),
    path("connections/<int:pk>/connect/", views.Connect.as_view(), name="connect"),
    path("connections/back/", views.Connected.as_view(), name="connected"),
    path(
        "connections/<int:pk>/publisher/",
        views.ChoosePublisher.as_view(),
        name="choose-publisher",
    ),
    path("connections/<int:pk>/reveal/", views.RevealPage.as_view(), name="reveal"),
    path("deliveries/<int:pk>/take-down/", views.TakeDownPage.as_view(), name="take-down"),
    path(
        "deliveries/<int:pk>/take-down/gone/",
        views.ConfirmGone.as_view(),
        name="confirm-gone",
    ),
    path("sent-past/", views.PastPosts.as_view(), name="past-posts"),
    path("sent-past/<int:pk>/explain/", views.ExplainPost.as_view(), name="explain-post"),
    path("profiles/", views.Profiles.as_view(), name="profiles"),
    path("profiles/<int:pk>/", views.ProfilePage.as_view(), name="profile"),
    path("practice-timeline/post-past/", views.PostPast.as_view(), name="post-past"),
    path("practice-timeline/", views.PracticeTimeline.as_view(), name="practice-timeline"),
    path("practice-timeline/fault/", views.InjectFault.as_view(), name="inject-fault"),
]
