from django.urls import path

from lifecycle import views

app_name = "lifecycle"
urlpatterns = [
    path("our-accounts/", views.Accounts.as_view(), name="accounts"),
    path("steps/<int:pk>/", views.Step.as_view(), name="step"),
    path("account-requests/", views.Requests.as_view(), name="requests"),
    path("account-requests/new/", views.NewRequest.as_view(), name="new-request"),
    path("account-requests/<int:pk>/", views.RequestPage.as_view(), name="request"),
    path("account-requests/<int:pk>/edit/", views.EditRequest.as_view(), name="edit-request"),
    path("account-requests/<int:pk>/answer/", views.AnswerRequest.as_view(), name="answer-request"),
    path(
        "account-requests/<int:pk>/withdraw/",
        views.WithdrawRequest.as_view(),
        name="withdraw-request",
    ),
    path("hacked/", views.Hacked.as_view(), name="hacked"),
    path("hacked/<int:pk>/", views.Case.as_view(), name="case"),
    path("hacked/<int:pk>/statement/", views.Statement.as_view(), name="statement"),
    path("hacked/<int:pk>/open/", views.Unfreeze.as_view(), name="unfreeze"),
    path("sent-past/<int:pk>/freeze/", views.FreezePost.as_view(), name="freeze-post"),
]
