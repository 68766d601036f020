from django.urls import path

from approvals import views

app_name = "approvals"
urlpatterns = [
    path("review/", views.Queue.as_view(), name="queue"),
    path("review/<int:pk>/", views.Review.as_view(), name="review"),
    path("drafts/<int:pk>/reopen/", views.Reopen.as_view(), name="reopen"),
    path("drafts/<int:pk>/stop/", views.Stop.as_view(), name="stop"),
]
