"""The register of people, the teams, and the guidance."""

from django.urls import path

from accounts.views import calling, importing, people, second_factor, teams, training

app_name = "people"

urlpatterns = [
    path("me/", people.Me.as_view(), name="me"),
    path("guidance/", training.Guidance.as_view(), name="guidance"),
    path("guidance/<slug:slug>/", training.GuidancePage.as_view(), name="guidance-page"),
    path("call-list/", calling.CallList.as_view(), name="call-list"),
    path("call-list/file/", calling.CallListFile.as_view(), name="call-list-file"),
    path("people/", people.People.as_view(), name="list"),
    path("people/add/", people.AddPerson.as_view(), name="add"),
    path("people/import/", importing.ImportPeople.as_view(), name="import"),
    path("people/export/", importing.ExportPeople.as_view(), name="export"),
    path("people/<int:pk>/", people.Person.as_view(), name="person"),
    path("people/<int:pk>/change/", people.ChangePerson.as_view(), name="change"),
    path("people/<int:pk>/roles/add/", people.GiveRole.as_view(), name="give-role"),
    path("people/<int:pk>/roles/<int:role>/end/", people.EndRole.as_view(), name="end-role"),
    path("people/<int:pk>/let-back/", people.LetBack.as_view(), name="let-back"),
    path("people/<int:pk>/invite/", people.InviteAgain.as_view(), name="invite-again"),
    path(
        "people/<int:pk>/second-factor/",
        second_factor.LostSecondFactor.as_view(),
        name="second-factor",
    ),
    path("force/", teams.ForceSettings.as_view(), name="force"),
    path("teams/", teams.Teams.as_view(), name="teams"),
    path("teams/add/", teams.AddTeam.as_view(), name="add-team"),
    path("teams/<int:pk>/", teams.Team.as_view(), name="team"),
    path("teams/<int:pk>/change/", teams.ChangeTeam.as_view(), name="change-team"),
    path("teams/<int:pk>/close/", teams.CloseTeam.as_view(), name="close-team"),
]
