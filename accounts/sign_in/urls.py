"""allauth's addresses that this product uses, and our own beside them.

allauth leads to its pages by name: `mfa_index` is our page about how somebody signs in.
"""

from allauth.mfa.base import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, reverse_lazy

from accounts.sign_in import views

YOURS = reverse_lazy("mfa_index")

urlpatterns = [
    path("sign-in/", views.YourSignIn.as_view(), name="mfa_index"),
    path("sign-in/places/<int:pk>/end/", views.EndSession.as_view(), name="end-session"),
    path("sign-in/places/end/", views.EndOtherSessions.as_view(), name="end-other-sessions"),
    path("reauthenticate/", views.Reauthenticate.as_view(), name="account_reauthenticate"),
    path("reauthenticate/code/", codes.reauthenticate, name="mfa_reauthenticate"),
    path(
        "reauthenticate/passkey/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("password/set/", views.first_password, name="account_set_password"),
    path("login/code/", codes.authenticate, name="mfa_authenticate"),
    path("login/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path(
        "passkeys/<int:pk>/rename/",
        passkeys.EditWebAuthnView.as_view(success_url=YOURS),
        name="mfa_edit_webauthn",
    ),
    path(
        "passkeys/<int:pk>/remove/",
        passkeys.RemoveWebAuthnView.as_view(success_url=YOURS),
        name="mfa_remove_webauthn",
    ),
    path("app/add/", app.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/new/",
        views.MakeRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("oidc/<slug:provider_id>/", views.sign_in_by_provider, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/back/", views.back_from_provider, name="openid_connect_callback"),
]
