from django.urls import path

from incidents import views

app_name = "incidents"
urlpatterns = [
    path("", views.Holds.as_view(), name="list"),
    path("<int:pk>/release/", views.Release.as_view(), name="release"),
]
