"""Writing once for several accounts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from accounts.models import SocialAccount, User
from accounts.models.organisation import SocialAccountQuerySet
from drafts.forms import DraftForm
from drafts.models import CentralPost, Draft
from drafts.services import MOST_ACCOUNTS, Writing, editable


class CentralForm(DraftForm):
    """The Write form with several accounts; `central` fills it for a change of all of them."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        user: User,
        now: datetime,
        central: CentralPost | None = None,
    ) -> None:
        self.drafts: list[Draft] = editable(central) if central else []
        super().__init__(data, user=user, now=now, draft=self.drafts[0] if self.drafts else None)
        self.draft = None
        del self.fields["account"]
        if central is None:
            forces = {m.force_id for m in user.current_memberships[:1]}
            able = SocialAccount.objects.active().writable_by(user).filter(force__in=forces)
            self._offer(able, "Each gets a tweet of its own, with its own checks.")
        elif central.author == user:
            kept = [draft.account_id for draft in self.drafts]
            self.initial["accounts"] = kept
            self._offer(
                SocialAccount.objects.filter(pk__in=kept),
                "Take the tick away to leave an account out. Its draft is discarded.",
            )

    def _offer(self, accounts: SocialAccountQuerySet, hint: str) -> None:
        self.fields["accounts"] = forms.ModelMultipleChoiceField(
            label="Accounts",
            queryset=accounts.in_order().select_related("force", "lpt"),
            widget=forms.CheckboxSelectMultiple,
            help_text=hint,
            error_messages={
                "required": "Choose at least one account.",
                "invalid_choice": "Choose accounts from the list.",
                "invalid_pk_value": "Choose accounts from the list.",
            },
        )

    def clean_accounts(self) -> list[SocialAccount]:
        accounts = list(self.cleaned_data["accounts"])
        if len(accounts) > MOST_ACCOUNTS:
            message = f"Choose at most {MOST_ACCOUNTS} accounts."
            raise forms.ValidationError(message)
        return accounts

    def chosen(self) -> list[SocialAccount]:
        """The accounts that it is written for, as far as they are chosen."""
        if self.is_bound and "accounts" in self.fields:
            return list(self.cleaned_data.get("accounts", []))
        return [draft.account for draft in self.drafts]

    def writing(self) -> Writing:
        cleaned = self.cleaned_data
        return Writing(
            text=cleaned["text"],
            account=self.chosen()[0],
            category=cleaned["category"],
            planned=cleaned.get("planned"),
            declared=self.declared(),
        )
