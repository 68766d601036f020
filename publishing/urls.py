from django.urls import path

from publishing import views

app_name = "publishing"
urlpatterns = [
    path("deliveries/", views.Deliveries.as_view(), name="deliveries"),
    path("deliveries/<int:pk>/answer/", views.Answer.as_view(), name="answer"),
    path("practice-timeline/", views.PracticeTimeline.as_view(), name="practice-timeline"),
    path("practice-timeline/fault/", views.InjectFault.as_view(), name="inject-fault"),
]
