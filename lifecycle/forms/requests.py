"""Asking for an account, and answering to it."""

from typing import Any

from django import forms

from accounts.models import AccountKind, Platform, SocialAccount
from lifecycle.forms.fields import Words
from lifecycle.models import QUESTIONS, AccountRequest
from lifecycle.services import Wish, wrong_with
from lifecycle.workflow import State

KINDS = [
    (AccountKind.LPT, "The team"),
    (AccountKind.OFFICER, "One officer of the team"),
    (AccountKind.COMMANDER, "The commander of the team"),
]


class RequestForm(forms.Form):
    """The business case. With `ask` everything is compulsory; without it, it is only kept."""

    handle = forms.CharField(
        label="Name of the account",
        help_text="Without the @.",
        max_length=50,
        required=False,
        error_messages={"max_length": "Use at most %(limit_value)d characters."},
    )
    platform = forms.ChoiceField(
        label="Where?",
        choices=Platform.choices,
        initial=Platform.X,
        error_messages={"required": "Choose a platform.", "invalid_choice": "Choose a platform."},
    )
    kind = forms.ChoiceField(
        label="Who speaks there?",
        choices=KINDS,
        initial=AccountKind.LPT,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose who speaks there.",
            "invalid_choice": "Choose who speaks there.",
        },
    )
    guidance = forms.BooleanField(
        label="I have read the guidance in force and will keep to it",
        required=False,
    )

    def __init__(
        self, data: Any = None, *, force: Any, lpt: Any, request: AccountRequest | None = None
    ) -> None:
        names = ["handle", "platform", "kind", *QUESTIONS]
        start = {name: getattr(request, name) for name in names} if request else {}
        super().__init__(data, initial=start)
        self.force, self.is_asking = force, bool(data and data.get("do") == "ask")
        if lpt is None:
            del self.fields["kind"]
        guidance = self.fields.pop("guidance")
        for name, (question, help_text) in QUESTIONS.items():
            missing = "Answer this question." if self.is_asking else ""
            self.fields[name] = Words(
                question, missing=missing, longest=1000, help_text=help_text, rows=3
            )
            self.fields[name].error_messages["required"] = f"Answer: {question}"
        self.fields["guidance"] = guidance

    def clean_guidance(self) -> bool:
        accepted = bool(self.cleaned_data["guidance"])
        if self.is_asking and not accepted:
            raise forms.ValidationError("Read the guidance, then tick that you will keep to it.")
        return accepted

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "handle" in cleaned:
            handle = cleaned["handle"] = cleaned["handle"].strip().lstrip("@")
            if self.is_asking and not handle:
                self.add_error("handle", "Enter the name that the account shall have.")
            elif handle and "platform" in cleaned:
                platform = cleaned["platform"]
                if wrong := wrong_with(handle, platform=platform, force=self.force):
                    self.add_error("handle", wrong)
        return cleaned

    def wish(self) -> Wish:
        """What was typed, once the form is valid."""
        typed = self.cleaned_data
        return Wish(
            handle=typed["handle"],
            platform=Platform(typed["platform"]),
            kind=AccountKind(typed.get("kind", AccountKind.CENTRAL)),
            case={name: typed[name] for name in QUESTIONS},
        )


class AnswerForm(forms.Form):
    """The supervisor's or communications' decision on a request, as its state asks for it."""

    verdict = forms.ChoiceField(
        label="What do you decide?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what you decide.",
            "invalid_choice": "Choose what you decide.",
        },
    )
    handle = forms.CharField(
        label="Name of the account",
        max_length=50,
        required=False,
        error_messages={"max_length": "Use at most %(limit_value)d characters."},
    )
    existing = forms.ChoiceField(
        label="Which account?",
        required=False,
        error_messages={"invalid_choice": "Choose an account in the list."},
    )
    hashtag = forms.CharField(
        label="Which hashtag?",
        max_length=50,
        required=False,
        error_messages={"max_length": "Use at most %(limit_value)d characters."},
    )
    words = Words("What do you want to say to them?", longest=1000)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, request: AccountRequest, instead: list[SocialAccount]
    ) -> None:
        super().__init__(data, initial={"seen": request.times_asked, "handle": request.handle})
        self.about = request
        self.instead = {str(account.pk): account for account in instead}
        verdict: Any = self.fields["verdict"]
        existing: Any = self.fields["existing"]
        existing.choices = [("", "Choose"), *((k, str(a)) for k, a in self.instead.items())]
        if request.state == State.ASKED:
            verdict.choices = [
                ("support", "Support it: communications decides"),
                ("send_back", "Send it back: it needs more"),
                ("decline", "Decline it"),
            ]
            for name in ("handle", "existing", "hashtag"):
                del self.fields[name]
        else:
            verdict.choices = [
                ("create", "Create the account"),
                ("existing", "Use an account that there is"),
                ("hashtag", "Use a campaign hashtag"),
                ("send_back", "Send it back: it needs more"),
                ("decline", "Decline it"),
            ]
            verdict.reveals = {
                "create": ["handle"], "existing": ["existing"], "hashtag": ["hashtag"],
            }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        verdict = cleaned.get("verdict")
        if verdict == "create" and "handle" in cleaned:
            handle = cleaned["handle"] = cleaned["handle"].strip().lstrip("@")
            about = self.about
            wrong = (
                wrong_with(handle, platform=about.platform, force=about.force)
                if handle
                else "Enter the name of the account."
            )
            if wrong:
                self.add_error("handle", wrong)
        if verdict == "existing" and not cleaned.get("existing", "x"):
            self.add_error("existing", "Choose the account that they should use.")
        if verdict == "hashtag" and "hashtag" in cleaned:
            tag = cleaned["hashtag"] = cleaned["hashtag"].strip().lstrip("#")
            if not tag.isalnum() or tag.isdigit():
                self.add_error("hashtag", "Enter one hashtag of letters and digits.")
        needs_words = verdict in {"send_back", "decline", "existing", "hashtag"}
        if needs_words and not cleaned.get("words", "x").strip():
            self.add_error("words", "Say in a sentence why, or what is missing.")
        return cleaned
