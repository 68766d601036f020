"""Who has which right, declared by hand: in general, and about one thing in the world.

A row: the right, what it is asked about (- for nothing: is there any they may do it to?), and
which of WHO have it. Every right of the apps' permission tables stands here, and so does every kind
of thing that its predicate looks at, once here and once in another force where that matters.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps

from accounts.models import User
from accounts.tables import permission_table
from drafts.models import Draft
from incidents.models import Hold, HoldKind
from lifecycle.models import AccountRequest, Compromise, Question
from policy.models import PackVersion
from publishing.models import Delivery, Reveal
from tests.security.answers import PEOPLE
from tests.security.world import World

WHO = [who for who in PEOPLE if who not in {"ano", "dis"}]
# Things that are no attribute of the world. What is far away is not saved: no predicate asks for
# more of it than whose it is.
THINGS: dict[str, Callable[[World], Any]] = {
    "force": lambda world: world.scene.force,
    "far-force": lambda world: world.abroad.force,
    "far-team": lambda world: world.abroad.lpt,
    "far-account": lambda world: world.abroad.account,
    "far-hold": lambda world: Hold(lpt=world.abroad.lpt, kind=HoldKind.HOLD),
    "far-version": lambda world: PackVersion(force=world.abroad.force),
    "far-draft": lambda world: Draft.objects.get(account=world.abroad.account),
    "far-delivery": lambda world: Delivery(account=world.abroad.account),
    "far-case": lambda world: Compromise(account=world.abroad.account),
    "far-request": lambda world: AccountRequest(force=world.abroad.force, lpt=world.abroad.lpt),
    "far-question": lambda world: Question(force=world.abroad.force, asked_by=world.people["nob"]),
    "reveal": lambda world: Reveal(account=world.account, asked_by=world.people["adm"]),
    "far-reveal": lambda world: Reveal(account=world.abroad.account, asked_by=world.people["abr"]),
    "team-step": lambda world: world.handover.steps.get(key="drafts"),
    "supervisor-step": lambda world: world.handover.steps.get(key="plan"),
    "admin": lambda world: world.people["adm"],
}
ROWS = """
accounts.confirm_mobile        -               everybody
accounts.confirm_mobile        member          off
accounts.use_single_keys       -               everybody
accounts.use_single_keys       member          off
accounts.keep_sign_in          -               everybody
accounts.keep_sign_in          member          off
accounts.choose_how_told       -               everybody
accounts.choose_how_told       member          off
accounts.let_words_into_mail   -               adm far
accounts.let_words_into_mail   force           adm
accounts.let_words_into_mail   far-force       far
accounts.keep_duty             -               app wro abr adm dut far
accounts.keep_duty             force           app wro adm dut
accounts.keep_duty             far-force       abr far
accounts.keep_routes           -               adm far
accounts.keep_routes           force           adm
accounts.keep_routes           far-force       far
accounts.read_routes           -               app wro abr adm dut far
accounts.read_routes           force           app wro adm dut
accounts.read_routes           far-force       abr far
accounts.keep_people           -               adm far
accounts.keep_people           force           adm
accounts.keep_people           far-force       far
accounts.keep_teams            -               adm far
accounts.keep_teams            force           adm
accounts.keep_teams            far-force       far
accounts.read_call_list        -               aut off oth sup app wro abr adm com dut far
accounts.read_call_list        force           aut off oth sup app wro adm com dut
accounts.read_call_list        far-force       abr far
accounts.call_everybody        -               app wro abr adm dut far
accounts.call_everybody        force           app wro adm dut
accounts.call_everybody        far-force       abr far
accounts.see_oneself           -               everybody
accounts.see_oneself           member          off
accounts.train                 -               aut off oth sup app wro abr adm own com dut aud far
policy.read_rulebook           -               aut off oth sup app wro abr adm own com dut aud far
policy.prepare                 -               own
policy.prepare                 force           own
policy.prepare                 far-force       nobody
policy.activate                -               own
policy.activate                version         own
policy.activate                far-version     nobody
policy.see_handles             -               adm own far
policy.see_handles             force           adm own
policy.see_handles             far-force       far
policy.protect_handle          -               aut off oth sup app wro abr adm own com dut aud far
policy.keep_restrictions       -               app wro abr adm dut far
policy.keep_restrictions       force           app wro adm dut
policy.keep_restrictions       far-force       abr far
policy.declare_election        -               adm own far
policy.declare_election        force           adm own
policy.declare_election        far-force       far
incidents.read                 -               sup app wro abr adm com dut far
incidents.place                -               app wro abr adm com dut far
incidents.place                lpt             app wro adm com dut
incidents.place                far-team        abr far
incidents.release              -               adm dut far
incidents.release              hold            adm dut
incidents.release              far-hold        far
drafts.write                   -               aut off oth sup app wro abr com dut
drafts.write                   account         aut off sup app wro com dut
drafts.write                   far-account     abr
drafts.read                    -               aut off oth sup app wro abr com dut
drafts.read                    submitted       aut off sup app wro com dut
drafts.read                    far-draft       abr
drafts.post_centrally          -               app wro abr dut
drafts.post_centrally          account         app wro dut
drafts.post_centrally          far-account     abr
drafts.edit                    -               aut off oth sup app wro abr com dut
drafts.edit                    written         aut off sup app wro com dut
drafts.edit                    submitted       aut
drafts.edit                    far-draft       abr
drafts.submit                  -               aut off oth sup app wro abr com dut
drafts.submit                  submitted       aut off sup app wro com dut
drafts.submit                  far-draft       abr
drafts.withdraw                -               everybody
drafts.withdraw                submitted       aut
drafts.withdraw                far-draft       nobody
drafts.discard                 -               everybody
drafts.discard                 submitted       aut
drafts.discard                 far-draft       nobody
drafts.copy                    -               aut off oth sup app wro abr com dut
drafts.copy                    submitted       aut off sup app wro com dut
drafts.copy                    far-draft       abr
policy.override_block          -               sup app wro abr com dut
policy.override_block          blocked         sup app com dut
policy.override_block          far-draft       abr
publishing.read                -               aut off oth sup app wro abr com dut
publishing.answer              -               app wro abr dut
publishing.answer              delivery        app wro dut
publishing.answer              far-delivery    abr
publishing.see_alerts          -               app wro abr adm dut far
publishing.lift                -               adm far
publishing.lift                account         adm
publishing.lift                far-account     far
publishing.take_down           -               aut off oth sup app wro abr com dut
publishing.take_down           public          aut off sup app wro com dut
publishing.take_down           far-delivery    abr
publishing.read_past_posts     -               aut off oth sup app wro abr adm com dut far
publishing.explain_past_post   -               app wro abr adm dut far
publishing.explain_past_post   account         app wro adm dut
publishing.explain_past_post   far-account     abr far
publishing.freeze              -               aut off oth sup app wro abr adm com dut far
publishing.freeze              account         aut off sup app wro adm com dut
publishing.freeze              far-account     abr far
publishing.post_past           -               adm far
publishing.see_status          -               aut off oth sup app wro abr adm own com dut aud far
publishing.see_practice_timeline -               aut off oth sup app wro abr adm own com dut aud far
publishing.connect             -               adm far
publishing.connect             account         adm
publishing.connect             far-account     far
publishing.see_reveals         -               adm dut far
publishing.see_reveals         account         adm dut
publishing.see_reveals         far-account     far
publishing.decide_reveal       -               adm dut far
publishing.decide_reveal       reveal          dut
publishing.decide_reveal       far-reveal      far
publishing.read_profile        -               aut off oth sup app wro abr adm com dut far
publishing.read_profile        account         aut off sup app wro adm com dut
publishing.read_profile        far-account     abr far
publishing.ask_profile_change  -               aut off oth sup app wro abr adm com dut far
publishing.ask_profile_change  account         aut off sup app wro adm com dut
publishing.ask_profile_change  far-account     abr far
publishing.keep_profile        -               app wro abr adm dut far
publishing.keep_profile        account         app wro adm dut
publishing.keep_profile        far-account     abr far
publishing.inject_faults       -               adm far
approvals.review               -               app wro abr dut
approvals.review               submitted       app wro dut
approvals.review               far-draft       abr
approvals.decide               -               app wro abr dut
approvals.decide               submitted       app dut
approvals.publish_in_emergency -               dut
approvals.publish_in_emergency submitted       dut
approvals.publish_in_emergency far-draft       nobody
approvals.look_after           -               app wro abr dut
approvals.look_after           after           app dut
approvals.delegate             -               aut off oth sup app wro abr adm com dut far
approvals.delegate             member          off adm
approvals.delegate             admin           adm
approvals.comment              -               aut off oth sup app wro abr com dut
approvals.comment              submitted       aut off sup app wro com dut
approvals.reopen               -               everybody
approvals.reopen               approved        aut app wro dut
approvals.reopen               far-draft       abr
approvals.unschedule           -               app wro abr dut
approvals.unschedule           approved        app wro dut
approvals.unschedule           far-draft       abr
lifecycle.read                 -               aut off oth sup app wro abr adm com dut far
lifecycle.read_case            -               aut off oth sup app wro abr adm com dut far
lifecycle.read_case            case            aut off sup app wro adm com dut
lifecycle.read_case            far-case        abr far
lifecycle.tick                 -               aut off oth sup app wro abr adm com dut far
lifecycle.tick                 step            app wro adm dut
lifecycle.tick                 team-step       aut off sup app wro adm com dut
lifecycle.tick                 supervisor-step sup app wro adm com dut
lifecycle.unfreeze             -               adm dut far
lifecycle.unfreeze             case            adm dut
lifecycle.unfreeze             far-case        far
lifecycle.hand_over            -               aut off oth sup adm com far
lifecycle.hand_over            account         aut off sup adm com
lifecycle.hand_over            far-account     far
lifecycle.keep_silent          -               adm far
lifecycle.keep_silent          account         adm
lifecycle.keep_silent          far-account     far
lifecycle.ask_to_follow        -               aut off oth sup app wro abr adm com dut far
lifecycle.ask_to_follow        account         aut off sup app wro adm com dut
lifecycle.ask_to_follow        far-account     abr far
lifecycle.decide_following     -               app wro abr adm dut far
lifecycle.decide_following     account         app wro adm dut
lifecycle.decide_following     far-account     abr far
lifecycle.request_account      -               aut off oth sup com
lifecycle.request_account      wish            aut
lifecycle.support_request      -               sup app wro abr com dut
lifecycle.support_request      asked           sup com
lifecycle.support_request      far-request     abr
lifecycle.decide_request       -               adm far
lifecycle.decide_request       asked           adm
lifecycle.decide_request       far-request     far
lifecycle.answer_request       -               sup app wro abr adm com dut far
lifecycle.answer_request       asked           sup adm com
lifecycle.answer_request       far-request     abr far
lifecycle.ask_comms            -               aut off oth sup app wro abr adm own com dut aud far
lifecycle.ask_comms            force           aut off oth sup app wro adm own com dut aud
lifecycle.ask_comms            far-force       abr far
lifecycle.answer_question      -               app wro abr adm dut far
lifecycle.answer_question      question        app wro adm dut
lifecycle.answer_question      far-question    abr far
lifecycle.write_on_question    -               aut off oth sup app wro abr adm own com dut aud far
lifecycle.write_on_question    question        aut app wro adm dut
lifecycle.write_on_question    far-question    abr far
insights.desk                  -               everybody
insights.figures               -               app wro abr adm dut far
insights.draft                 -               aut off oth sup app wro abr com dut
"""


def declared() -> dict[tuple[str, str], frozenset[str]]:
    """Who has a right about a thing, by both their names."""
    rows = (line.split() for line in filter(None, ROWS.splitlines()))
    return {
        (right, thing): frozenset(WHO if people == ["everybody"] else set(people) - {"nobody"})
        for right, thing, *people in rows
    }


RIGHTS = declared()


def who_is_who(world: World) -> dict[str, User]:
    """WHO as the database has them now: each remembers their roles from the first question on."""
    people = User.objects.in_bulk([world.people[who].pk for who in WHO])
    return {who: people[world.people[who].pk] for who in WHO}


def holders(
    right: str, thing: str, world: World, people: Mapping[str, User] | None = None
) -> frozenset[str]:
    """Which of `people` (WHO) have it, asked of the tables."""
    people = people or who_is_who(world)
    predicate = permission_table()[right]
    about = None
    if thing != "-":
        about = THINGS[thing](world) if thing in THINGS else getattr(world, thing)
    return frozenset(who for who, person in people.items() if predicate(person, about))


# --- what a query shows to whom

# A row: the model, the method of its queryset, the thing in the world, and which of WHO it shows
# that thing to.
SIGHT_ROWS = """
accounts.SocialAccount   writable_by  account          aut off sup app wro com dut
approvals.AfterReview    visible_to   after            app wro dut
drafts.CentralPost       visible_to   central          app wro dut
drafts.Draft             visible_to   submitted        aut off sup app wro com dut
lifecycle.AccountRequest visible_to   asked            aut off sup app wro adm com dut
lifecycle.ChecklistStep  visible_to   step             aut off sup app wro adm com dut
lifecycle.Compromise     visible_to   case             aut off sup app wro adm com dut
lifecycle.Following      visible_to   asked_to_follow  aut off sup app wro adm com dut
lifecycle.Handover       visible_to   handover         aut off sup app wro adm com dut
lifecycle.Offer          visible_to   offer            aut off oth sup app wro adm com dut
lifecycle.Question       visible_to   question         aut app wro adm dut
lifecycle.Silence        visible_to   silence          aut off sup app wro adm com dut
publishing.Alert         visible_to   alert            aut off oth sup app wro adm own com dut aud
publishing.Delivery      visible_to   delivery         aut off sup app wro com dut
publishing.PastPost      visible_to   past             aut off sup app wro adm com dut
"""


def declared_sights() -> dict[tuple[str, str], tuple[str, frozenset[str]]]:
    """Which thing a query shows, and to whom, by its model and method."""
    rows = (line.split() for line in filter(None, SIGHT_ROWS.splitlines()))
    return {
        (model, method): (thing, frozenset(set(people) - {"nobody"}))
        for model, method, thing, *people in rows
    }


SIGHTS = declared_sights()


def seers(
    model: str, method: str, world: World, people: Mapping[str, User] | None = None
) -> frozenset[str]:
    """Which of `people` (WHO) that query shows its thing to, asked of the database."""
    people = people or who_is_who(world)
    thing, _ = SIGHTS[model, method]
    row = getattr(world, thing)
    query = getattr(apps.get_model(model).objects.all(), method)
    return frozenset(
        who for who, person in people.items() if query(person).filter(pk=row.pk).exists()
    )


def queries() -> set[tuple[str, str]]:
    """Every query of ours that shows somebody what is theirs, by its model and method."""
    return {
        (model._meta.label, method)
        for model in apps.get_models()
        for method in ("visible_to", "writable_by")
        if hasattr(model._default_manager.all(), method)
    }
