"""What the rulebook says of a form, for the panel beside it."""

from collections.abc import Mapping
from datetime import datetime

from accounts.duty import on_duty
from accounts.models import SocialAccount
from drafts.content import clean_text
from drafts.forms import KEY_DIGITS, TEXT_CAP, DraftForm
from drafts.models import Draft, Override
from drafts.panel import Panel, panel
from drafts.services import Problem, check_text, content_of, guess, overrides_of
from policy.registers.services import elections_of


def text_of(form: DraftForm) -> str:
    return clean_text(str(form["text"].value() or ""))


def panel_of(
    form: DraftForm,
    answers: Mapping[str, str],
    ticked: Mapping[str, str],
    problems: list[Problem] | None = None,
    *,
    draft: Draft | None,
) -> Panel:
    """The rulebook's view of what stands in the form, valid or not."""
    text = text_of(form)
    account = account_of(form)
    if account is None:
        return Panel()
    if not text:
        return Panel(signature=account.signature)
    chosen = str(form["category"].value() or "")
    # Only what could ever be a tweet is worth the rulebook's time; the count says the rest.
    category = chosen or guess(text[:TEXT_CAP], account=account)
    declared = form.declared()
    planned = getattr(form, "cleaned_data", {}).get("planned")
    planned_at = planned.at if planned else None
    checked = check_text(
        text,
        account=account,
        category=category,
        declared=declared,
        attested=ticked,
        now=form.now,
        draft_id=form.draft.pk if form.draft else None,
        goes_out=planned_at,
    )
    return panel(
        checked,
        text=text,
        category=category,
        account=account,
        planned_at=planned_at,
        answers=answers,
        ticked=ticked,
        declared=declared.as_asked(text, category=category, account=account),
        problems=problems,
        overrides=_overrides_for(form, draft) if checked.report.blocking else [],
        elections=elections_of(account.force_id, at=planned_at) if planned_at else (),
        too_early=_too_early(account, planned_at, form.now),
    )


def _too_early(account: SocialAccount, planned_at: datetime | None, now: datetime) -> str:
    """What to know of a time before which the centre decides nothing; "" for any other."""
    if planned_at is None:
        return ""
    duty = on_duty(account.force, now)
    if not duty.comes_too_late_for(planned_at):
        return ""
    return (
        "Corporate communications decides nothing before then. If a team does not decide either, it"
        " expires. You can choose a later time."
        if duty.teams_decide
        else "Nobody approves before then, so it would expire. You can choose a later time."
    )


def _overrides_for(form: DraftForm, draft: Draft | None) -> list[Override]:
    """Which blocks were passed over, where the form still says what the draft does."""
    if draft is None or (form.is_bound and not form.cleaned_data.keys() >= {"text", "account"}):
        return []
    current = content_of(draft)
    if form.is_bound:
        typed = form.writing().resolved()
        same = typed.revision(draft, number=0, author=draft.author, now=form.now)
        if same.content_hash != current.content_hash:
            return []
    # Whoever submits has no use of their own leave.
    return [override for override in overrides_of(current) if override.person_id != form.user.pk]


def account_of(form: DraftForm) -> SocialAccount | None:
    chosen = form["account"].value() or form.fields["account"].initial
    accounts = form.fields["account"].queryset  # type: ignore[attr-defined]
    if isinstance(chosen, SocialAccount):
        return chosen
    found: SocialAccount | None = (
        accounts.filter(pk=chosen).first()
        if str(chosen).isdecimal() and len(str(chosen)) < KEY_DIGITS
        else None
    )
    return found or accounts.first()
