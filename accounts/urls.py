from allauth.account import urls as allauth_urls
from django.urls import URLPattern, path

from accounts.sign_in.urls import urlpatterns as sign_in
from accounts.views import oneself as views

# The parts of allauth that this product uses. Nobody changes their own work e-mail.
ALLAUTH = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

urlpatterns: list[URLPattern] = [
    *(pattern for pattern in allauth_urls.urlpatterns if pattern.name in ALLAUTH),
    *sign_in,
    path("mobile/confirm/", views.ConfirmMobile.as_view(), name="confirm-mobile"),
    path("told/", views.HowTold.as_view(), name="told"),
    path("told/words/", views.WordsInMail.as_view(), name="words-in-mail"),
    path("duty/", views.DutyRota.as_view(), name="duty"),
    path("duty/<int:pk>/end/", views.EndDuty.as_view(), name="end-duty"),
    path("single-keys/", views.SingleKeys.as_view(), name="single-keys"),
]
