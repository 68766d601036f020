from django.urls import path

from demonstration import views

urlpatterns = [
    path("", views.Start.as_view(), name="demo-start"),
    path("practice-mail/", views.Mail.as_view(), name="demo-mail"),
    path("demonstration/sign-in/", views.SignIn.as_view(), name="demo-sign-in"),
]
