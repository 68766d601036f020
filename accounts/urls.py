from allauth.account import urls as allauth_urls
from django.urls import URLPattern, path

from accounts import views

# The parts of allauth that this product uses. Nobody changes their own work e-mail.
ALLAUTH = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

urlpatterns: list[URLPattern] = [
    *(pattern for pattern in allauth_urls.urlpatterns if pattern.name in ALLAUTH),
    path("mobile/confirm/", views.ConfirmMobile.as_view(), name="confirm-mobile"),
]
