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
    path("our-accounts/<int:pk>/hand-over/", views.HandOver.as_view(), name="hand-over"),
    path("handovers/", views.Handovers.as_view(), name="handovers"),
    path("handovers/<int:pk>/", views.HandoverPage.as_view(), name="handover"),
    path("handovers/<int:pk>/farewell/", views.Farewell.as_view(), name="farewell"),
    path("handovers/<int:pk>/drafts/", views.TakeOver.as_view(), name="take-over"),
    path("handovers/<int:pk>/call-off/", views.CallOff.as_view(), name="call-off"),
    path("silent/", views.Silent.as_view(), name="silent"),
    path("silent/<int:pk>/keep/", views.Keep.as_view(), name="keep"),
    path("following/", views.FollowingPage.as_view(), name="following"),
    path("following/ask/", views.AskToFollow.as_view(), name="ask-to-follow"),
    path("following/<int:pk>/decide/", views.DecideFollowing.as_view(), name="decide-following"),
    path("following/<int:pk>/end/", views.Unfollow.as_view(), name="unfollow"),
    path(
        "our-accounts/<int:pk>/followers/",
        views.ReviewFollowers.as_view(),
        name="review-followers",
    ),
    path("offered/", views.Offers.as_view(), name="offers"),
    path("offered/<int:pk>/answer/", views.AnswerOffer.as_view(), name="answer-offer"),
    path("drafts/<int:pk>/offer/", views.OfferDraft.as_view(), name="offer"),
    path("ask-comms/", views.AskComms.as_view(), name="ask-comms"),
    path("questions/", views.Questions.as_view(), name="questions"),
    path("questions/<int:pk>/", views.QuestionPage.as_view(), name="question"),
    path("questions/<int:pk>/close/", views.CloseQuestion.as_view(), name="close-question"),
    path("hacked/", views.Hacked.as_view(), name="hacked"),
    path("hacked/<int:pk>/", views.Case.as_view(), name="case"),
    path("hacked/<int:pk>/statement/", views.Statement.as_view(), name="statement"),
    path("hacked/<int:pk>/open/", views.Unfreeze.as_view(), name="unfreeze"),
    path("sent-past/<int:pk>/freeze/", views.FreezePost.as_view(), name="freeze-post"),
]
