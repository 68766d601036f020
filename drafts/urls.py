from django.urls import path

from drafts import passing_over, views

app_name = "drafts"
urlpatterns = [
    path("write/", views.Write.as_view(), name="write"),
    path("write/check/", views.Check.as_view(), name="check"),
    path("drafts/", views.TeamDrafts.as_view(), name="list"),
    path("drafts/<int:pk>/edit/", views.Edit.as_view(), name="edit"),
    path("drafts/<int:pk>/withdraw/", views.Withdraw.as_view(), name="withdraw"),
    path("drafts/<int:pk>/discard/", views.Discard.as_view(), name="discard"),
    path("drafts/<int:pk>/pass-over/", passing_over.PassOver.as_view(), name="pass-over"),
    path("drafts/<int:pk>/copy/", views.Copy.as_view(), name="copy"),
]
