from django.urls import path

from approvals.organising import views as organising
from approvals.views import (
    bulk,
    calling_back,
    central,
    commenting,
    covering,
    emergency,
    live,
    queue,
    releasing,
    review,
    routes,
    saved,
    suggesting,
)

app_name = "approvals"
urlpatterns = [
    path("review/", queue.Queue.as_view(), name="queue"),
    path("review/together/", bulk.Bulk.as_view(), name="bulk"),
    path("review/live/", live.Live.as_view(), name="live"),
    path("review/views/", saved.SaveView.as_view(), name="save-view"),
    path("review/views/<int:pk>/drop/", saved.DropView.as_view(), name="drop-view"),
    path("review/<int:pk>/", review.Review.as_view(), name="review"),
    path("review/<int:pk>/release/", releasing.Release.as_view(), name="release"),
    path("review/<int:pk>/suggest/", suggesting.Suggest.as_view(), name="suggest"),
    path("review/<int:pk>/emergency/", emergency.Emergency.as_view(), name="emergency"),
    path("suggestions/<int:pk>/take/", suggesting.Take.as_view(), name="take"),
    path("afterwards/", emergency.Afterwards.as_view(), name="afterwards"),
    path("afterwards/<int:pk>/", emergency.LookAfter.as_view(), name="look-after"),
    path("cover/", covering.Cover.as_view(), name="cover"),
    path("cover/<int:pk>/end/", covering.EndCover.as_view(), name="end-cover"),
    path("begin/", organising.Begin.as_view(), name="begin"),
    path("who/", organising.Sheet.as_view(), name="sheet"),
    path("social-accounts/add/", organising.AddAccount.as_view(), name="add-account"),
    path("social-accounts/<int:pk>/", organising.Account.as_view(), name="account"),
    path(
        "social-accounts/<int:pk>/close/", organising.CloseAccount.as_view(), name="close-account"
    ),
    path("teams/<int:pk>/merge/", organising.MergeTeam.as_view(), name="merge-team"),
    path("people/<int:pk>/leave/", organising.Leaver.as_view(), name="leaver"),
    path("routes/", routes.Routes.as_view(), name="routes"),
    path("routes/<slug:lane>/", routes.ChangeRoute.as_view(), name="change-route"),
    path(
        "routes/<slug:lane>/team/<int:pk>/",
        routes.ChangeRoute.as_view(),
        name="change-team-route",
    ),
    path("central/", central.CentralPosts.as_view(), name="central-list"),
    path("central/write/", central.WriteCentrally.as_view(), name="central-write"),
    path("central/<int:pk>/", central.CentralPage.as_view(), name="central"),
    path("central/<int:pk>/change/", central.WriteCentrally.as_view(), name="central-change"),
    path("drafts/<int:pk>/comment/", commenting.WriteComment.as_view(), name="comment"),
    path("drafts/<int:pk>/reopen/", calling_back.Reopen.as_view(), name="reopen"),
    path("drafts/<int:pk>/stop/", calling_back.Stop.as_view(), name="stop"),
]
