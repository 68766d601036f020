"""The address of each route, for something in the world that it may be asked about."""

from django.urls import reverse

from tests.security.world import World

# What each address is about.
ABOUT = {
    "insights:draft": "submitted",
    "drafts:edit": "written",
    "drafts:discard": "written",
    "drafts:withdraw": "submitted",
    "drafts:copy": "submitted",
    "drafts:pass-over": "blocked",
    "approvals:review": "submitted",
    "approvals:release": "submitted",
    "approvals:drop-view": "view",
    "approvals:reopen": "approved",
    "approvals:stop": "approved",
    "approvals:suggest": "submitted",
    "approvals:emergency": "submitted",
    "approvals:comment": "submitted",
    "approvals:take": "suggestion",
    "approvals:look-after": "after",
    "approvals:end-cover": "delegation",
    "publishing:answer": "delivery",
    "publishing:move-time": "waiting",
    "publishing:lift": "circuit",
    "publishing:test-connection": "account",
    "publishing:credentials": "account",
    "publishing:connect": "connectable",
    "publishing:choose-publisher": "connectable",
    "publishing:reveal": "account",
    "publishing:profile": "account",
    "publishing:take-down": "public",
    "publishing:confirm-gone": "unwanted",
    "publishing:explain-post": "past",
    "lifecycle:freeze-post": "past",
    "lifecycle:step": "step",
    "lifecycle:case": "case",
    "lifecycle:statement": "case",
    "lifecycle:unfreeze": "case",
    "lifecycle:decide-following": "asked_to_follow",
    "lifecycle:unfollow": "followed",
    "lifecycle:review-followers": "account",
    "lifecycle:offer": "written",
    "lifecycle:answer-offer": "offer",
    "lifecycle:keep": "silence",
    "lifecycle:hand-over": "account",
    "lifecycle:handover": "handover",
    "lifecycle:farewell": "handover",
    "lifecycle:take-over": "handover",
    "lifecycle:call-off": "handover",
    "lifecycle:request": "asked",
    "lifecycle:edit-request": "wish",
    "lifecycle:answer-request": "asked",
    "lifecycle:withdraw-request": "asked",
    "lifecycle:question": "question",
    "lifecycle:close-question": "question",
    "approvals:central": "central",
    "approvals:central-change": "kept",
    "end-duty": "shift",
    "end-session": "elsewhere",
    "mfa_edit_webauthn": "passkey",
    "mfa_remove_webauthn": "passkey",
    "people:person": "member",
    "people:change": "member",
    "people:give-role": "member",
    "people:let-back": "member",
    "people:invite-again": "newcomer",
    "people:second-factor": "locked_out",
    "people:team": "lpt",
    "people:change-team": "lpt",
    "people:close-team": "lpt",
    "approvals:leaver": "member",
    "approvals:merge-team": "lpt",
    "approvals:account": "account",
    "approvals:close-account": "account",
    "incidents:release": "hold",
    "insights:trial": "version",
    "rules:version": "version",
    "policy:change-restriction": "restriction",
    "policy:end-restriction": "restriction",
    "policy:end-election": "election",
}
# Addresses that are not about a row.
NAMED = {
    "openid_connect_login": "force",
    "openid_connect_callback": "force",
    "rules:rule": "hashtags-max",
    "rules:list": "places",
    "approvals:change-route": "routine",
    "people:guidance-page": "hacked",
    "insights:start-force": "no-link",
}
# A look at these is itself recorded: they show what courts keep from the public, and the records
# of people.
READING_IS_RECORDED = {
    "policy:restrictions",
    "policy:change-restriction",
    "people:list",
    "people:person",
    "people:change",
    "people:export",
    "people:call-list",
    "people:call-list-file",
}


def address(name: str, world: World) -> str:
    if name == "account_reset_password_from_key":
        return reverse(name, kwargs={"uidb36": "1", "key": "set-password"})
    if name == "approvals:change-team-route":
        return reverse(name, args=["ordinary", world.scene.lpt.pk])
    if name == "people:end-role":
        return reverse(name, args=[world.member.pk, world.member.memberships.get().pk])
    if name in NAMED:
        return reverse(name, args=[NAMED[name]])
    return reverse(name, args=[getattr(world, ABOUT[name]).pk] if name in ABOUT else [])
