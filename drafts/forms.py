"""The Write form. It knows shapes; what may be written is the services' business."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.fields import ClockField, DayField
from accounts.models import AccountStatus, SocialAccount, User
from accounts.roles import TEAM_ROLES
from drafts.case import OFFENCES, STAGES, Declared, Naming
from drafts.content import clean_text, seal_of
from drafts.models import Draft
from drafts.permissions import may_write_for
from drafts.schedule import LONDON, DoubledHour, MissingHour, Planned, planned, today_at
from drafts.services import Problem, Writing
from policy.core import ATTESTATIONS, Finding
from policy.services import pack_for

TEXT_CAP = 4000
# No key of a row is as long as this; longer numbers are not even asked for.
KEY_DIGITS = 18
TODAY, TOMORROW = time(17, 0), time(8, 0)


def _radios(
    label: str, choices: Iterable[tuple[str, str]], *, help_text: str = ""
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=help_text,
        error_messages={"invalid_choice": "Choose one of the answers."},
    )


class CaseForm(forms.Form):
    """The questions about a case. None is compulsory here: submitting asks for what is missing."""

    case_stage = _radios("How far has the case gone?", STAGES)
    offence = _radios("What kind of offence is it?", OFFENCES)
    under_18 = _radios(
        "Is anyone in the case under 18?",
        (("yes", "Yes"), ("no", "No")),
        help_text="A suspect, a victim or a witness.",
    )
    naming_by = forms.CharField(label="Who decided it?", required=False, max_length=100)
    naming_rank = forms.CharField(label="Their rank", required=False, max_length=60)
    naming_role = forms.CharField(
        label="Their role",
        required=False,
        max_length=100,
        help_text="For example senior investigating officer or gold commander.",
    )
    naming_rationale = forms.CharField(
        label="Why may the person be named?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @staticmethod
    def answers_of(declared: Declared) -> dict[str, Any]:
        """What was declared, as the fields of this form take it."""
        under_18 = {None: "", True: "yes", False: "no"}[declared.under_18]
        return declared.columns() | {"under_18": under_18}

    def declared(self) -> Declared:
        """What is answered so far, whether or not the form is complete."""
        given = self.cleaned_data if self.is_bound else self.initial
        return Declared(
            case_stage=given.get("case_stage") or "",
            offence=given.get("offence") or "",
            under_18={"yes": True, "no": False}.get(given.get("under_18") or ""),
            naming=Naming(**{part.name: given.get(part.name) or "" for part in fields(Naming)}),
        )

    @property
    def case_fields(self) -> list[forms.BoundField]:
        return [self["case_stage"], self["offence"], self["under_18"]]

    @property
    def naming_fields(self) -> list[forms.BoundField]:
        return [self[part.name] for part in fields(Naming)]

    @property
    def is_naming_open(self) -> bool:
        """Whether something was said of a decision to name, so that it must be in sight."""
        return any(field.value() or field.errors for field in self.naming_fields)


def comes_twice(form: forms.Form) -> bool:
    """Whether the `date` and `time` of this form are an hour that the clocks repeat."""
    try:
        day = form.fields["date"].clean(form.data.get("date"))
        clock = form.fields["time"].clean(form.data.get("time"))
        if day and clock:
            planned(day, clock)
    except DoubledHour:
        return True
    except (forms.ValidationError, MissingHour):
        return False
    return False


class DraftForm(CaseForm):
    """`now` decides which quick times are offered; `draft` fills the form for a change."""

    # As on the page: errors are listed in this order.
    field_order = ("key", "revision", "text")

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    text = forms.CharField(
        label="Your tweet",
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 5, "autofocus": True, "spellcheck": "true", "aria-describedby": "count"}
        ),
        error_messages={"required": "Write your tweet first."},
    )
    account = forms.ModelChoiceField(
        label="Account",
        queryset=SocialAccount.objects.none(),
        empty_label=None,
        error_messages={
            "required": "Choose an account.",
            "invalid_choice": "Choose one of the accounts that you may write for.",
        },
    )
    category = forms.ChoiceField(
        label="Kind of tweet",
        required=False,
        error_messages={"invalid_choice": "Choose one of the kinds in the list."},
    )
    when = forms.ChoiceField(
        label="When should it go out?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose when it should go out.",
            "invalid_choice": "Choose when it should go out.",
        },
    )
    date = DayField(label="Date", required=False)
    time = ClockField(label="Time", required=False)
    fold = forms.ChoiceField(
        label="The clocks go back that night. Which of the two do you mean?",
        choices=[
            ("first", "The first, before the clocks go back"),
            ("second", "The second, after"),
        ],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        user: User,
        now: datetime,
        draft: Draft | None = None,
    ) -> None:
        super().__init__(data, initial=self._start(draft), prefix=None)
        self.now, self.user, self.draft = now, user, draft
        accounts = SocialAccount.objects.active().writable_by(user).in_order()
        if draft:
            accounts |= SocialAccount.objects.filter(pk=draft.account_id).in_order()
        # Frozen while somebody wrote for it: what they typed is kept, and not submitted.
        named = self._named_account()
        is_theirs = named is None or may_write_for(user, named)
        if named and is_theirs and named.status == AccountStatus.FROZEN:
            accounts |= SocialAccount.objects.filter(pk=named.pk).in_order()
        field: Any = self.fields["account"]
        field.queryset = accounts.select_related("force", "lpt")
        is_closed = named is not None and named.status == AccountStatus.CLOSED
        is_new = draft is None or named is None or draft.account_id != named.pk
        if named and is_new and (is_closed or not is_theirs):
            field.error_messages["invalid_choice"] = self._not_theirs(named)
            # Nothing goes to another account than was chosen by falling on the first of the list.
            field.empty_label = "Choose an account"
            field.choices = field.choices
        if draft is None:
            field.initial = _own_account(user, accounts)
            if field.initial is None:
                field.empty_label = "Choose an account"
                field.choices = field.choices
        self._offer_categories(user)
        self._offer_times()
        if not self._asks_for_fold():
            del self.fields["fold"]

    def _named_account(self) -> SocialAccount | None:
        """The account that was sent, where it is one of a force of this person."""
        sent = str(self.data.get("account") or "")
        if not sent.isdecimal() or len(sent) >= KEY_DIGITS:
            return None
        forces = {membership.force_id for membership in self.user.current_memberships}
        return SocialAccount.objects.filter(pk=sent, force__in=forces).first()

    def _not_theirs(self, account: SocialAccount) -> str:
        """Why this one cannot be written for, in a sentence."""
        if account.status == AccountStatus.CLOSED:
            return f"{account} is closed and takes no drafts any more. Choose another account."
        return f"You do not write for {account}, or not any more. Choose another account."

    @property
    def halted(self) -> str:
        """What to know before writing on for an account that is not in use; "" for any other."""
        if self.is_bound or self.draft is None:
            return ""
        account = self.draft.account
        if account.status == AccountStatus.ACTIVE:
            return ""
        is_frozen = account.status == AccountStatus.FROZEN
        then = "until it is opened again" if is_frozen else "any more"
        return (
            f"{account} is {account.get_status_display().lower()}: you can write and save, but"
            f" nothing can be submitted for it {then}. You can choose another account below."
        )

    @staticmethod
    def _start(draft: Draft | None) -> dict[str, Any]:
        if draft is None:
            return {"key": uuid.uuid4(), "when": "asap"}
        start: dict[str, Any] = CaseForm.answers_of(draft.current_revision.declared) | {
            "key": draft.key,
            "revision": draft.revision_number,
            "text": draft.text,
            "account": draft.account_id,
            "category": draft.category,
            "when": "pick" if draft.planned_at else "asap",
        }
        if draft.planned_at:
            local = draft.planned_at.astimezone(LONDON)
            start |= {"date": local.date(), "time": local.time()}
        return start

    def _offer_categories(self, user: User) -> None:
        pack = pack_for(user.current_memberships[0].force)
        field: Any = self.fields["category"]
        field.choices = [("", "Guess from my text")] + [
            (category.id, category.label) for category in pack.categories.values()
        ]

    def _offer_times(self) -> None:
        field: Any = self.fields["when"]
        today, tomorrow = today_at(TODAY, now=self.now), today_at(TOMORROW, now=self.now, days=1)
        field.choices = [
            ("asap", "As soon as it is approved"),
            *([("today", f"Today at {TODAY:%H:%M}")] if today.at > self.now else []),
            ("tomorrow", f"Tomorrow at {TOMORROW:%H:%M}"),
            ("pick", "At another time"),
        ]
        field.quick = {"today": today, "tomorrow": tomorrow}
        field.reveals = {"pick": ["date", "time", "fold"]}

    def _asks_for_fold(self) -> bool:
        return self.data.get("when") == "pick" and comes_twice(self)

    def clean_text(self) -> str:
        text = clean_text(self.cleaned_data["text"])
        if len(text) > TEXT_CAP:
            message = f"Your text has {len(text):,} characters. Shorten it to fit into a tweet."
            raise forms.ValidationError(message)
        return text

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "when" in cleaned and not self.errors.keys() & {"date", "time"}:
            cleaned["planned"] = self._planned(cleaned)
        return cleaned

    def _planned(self, cleaned: dict[str, Any]) -> Planned | None:
        if cleaned["when"] == "asap":
            return None
        if cleaned["when"] != "pick":
            quick: Planned = self.fields["when"].quick[cleaned["when"]]  # type: ignore[attr-defined]
            return quick
        return self._picked(cleaned)

    def _picked(self, cleaned: dict[str, Any]) -> Planned | None:
        day, clock = cleaned.get("date"), cleaned.get("time")
        if not day:
            self.add_error("date", "Enter the date on which it should go out.")
        if not clock:
            self.add_error("time", "Enter the time at which it should go out.")
        if not (day and clock):
            return None
        second = {"first": False, "second": True}.get(cleaned.get("fold", ""))
        try:
            chosen = planned(day, clock, second=second)
        except MissingHour:
            self.add_error(
                "time", "The clocks go forward that night and skip this time. Choose another."
            )
        except DoubledHour:
            self.add_error("fold", "Say which of the two you mean.")
        else:
            if chosen.at <= self.now:
                self.add_error("time", "This time has passed. Choose a later one.")
            return chosen
        return None

    def show(self, problems: list[Problem]) -> None:
        """Put what the services refused beside the fields that it is about."""
        said = set()
        for problem in problems:
            if problem.tick:
                continue
            # Several places that one rule found are one thing to be told.
            if (problem.field, problem.sentence) in said:
                continue
            said.add((problem.field, problem.sentence))
            if not problem.finding:
                known = problem.field if problem.field in self.fields else None
                self.add_error(known, problem.sentence)
            elif problem.field:
                self.add_error(problem.field, problem.sentence)

    def writing(self) -> Writing:
        """What was typed, once the form is valid."""
        cleaned = self.cleaned_data
        return Writing(
            text=cleaned["text"],
            account=cleaned["account"],
            category=cleaned["category"],
            planned=cleaned.get("planned"),
            declared=self.declared(),
        )


def _own_account(user: User, accounts: QuerySet[SocialAccount]) -> SocialAccount | None:
    """The account of the person's own team; None for those who write for many teams."""
    own = {m.lpt_id for m in user.current_memberships if m.role in TEAM_ROLES}
    mine = [account for account in accounts if account.lpt_id in own]
    mine.sort(key=lambda account: (account.kind not in {"lpt", "central"}, account.handle))
    return mine[0] if mine else None


def answers_in(data: Mapping[str, str]) -> dict[str, str]:
    """The officer's answers by finding key.

    The field answer-3 holds the answer to the keys in answer-key-3, answer-key-3-4 and so on.
    """
    answers = {}
    for name, key in data.items():
        if not name.startswith("answer-key-"):
            continue
        field = re.sub(r"^answer-key-(\d+)-\d+$|^answer-key-", r"answer-\1", name)
        words = data.get(field, "")
        if words == "other":
            words = data.get(f"{field}-other", "")
        if words.strip():
            answers[key] = words.strip()
    return answers


def ticks_in(data: Mapping[str, str], text: str) -> dict[str, str]:
    """The attestations ticked for exactly `text`, each with the text that it asks for.

    A tick carries the seal of the text under which it was shown: for another it does not count.
    """
    seal = seal_of(text)
    return {
        attestation.id: data.get(f"tick-{attestation.id}-text", "").strip()
        for attestation in ATTESTATIONS
        if data.get(f"tick-{attestation.id}") == seal
    }


class OverrideForm(forms.Form):
    """Which block a person passes over, and why: bound to the text that was shown."""

    revision_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    finding = forms.ChoiceField(
        label="Which of these do you pass over?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what you pass over.",
            "invalid_choice": "Choose what you pass over.",
        },
    )
    reason = forms.CharField(
        label="Why may this go out all the same?",
        help_text="The author and the approver read this, and it stays on record with your name.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why this may go out all the same."},
    )

    def __init__(self, data: Any = None, *, draft: Draft, blocks: list[Finding]) -> None:
        only = blocks[0].key if len(blocks) == 1 else ""
        super().__init__(data, initial={"revision_hash": draft.content_hash, "finding": only})
        field: Any = self.fields["finding"]
        field.choices = [(block.key, block.title) for block in blocks]
        field.hints = {block.key: block.message for block in blocks}
