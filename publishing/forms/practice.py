"""What the practice publisher is asked to do."""

from typing import Any

from django import forms

from accounts.models import SocialAccount
from publishing.services import FAULTS


class FaultForm(forms.Form):
    """What the practice publisher should do to the next tweet."""

    kind = forms.ChoiceField(
        label="Make the next tweet fail",
        choices=list(FAULTS.items()),
        error_messages={"required": "Choose a fault.", "invalid_choice": "Choose a fault."},
    )
    account = forms.ModelChoiceField(
        label="Of which account?",
        queryset=SocialAccount.objects.none(),
        required=False,
        empty_label="Any account",
    )

    def __init__(self, data: Any = None, *, forces: set[int]) -> None:
        super().__init__(data)
        account: Any = self.fields["account"]
        account.queryset = SocialAccount.objects.filter(force__in=forces).in_order()


class PostPastForm(forms.Form):
    """What to put on the practice timeline without Blue Lamp knowing of it."""

    account = forms.ModelChoiceField(
        label="From which account?",
        queryset=SocialAccount.objects.none(),
        empty_label=None,
        error_messages={
            "required": "Choose an account.",
            "invalid_choice": "Choose an account from the list.",
        },
    )
    text = forms.CharField(
        label="What does it say?",
        max_length=280,
        initial="Anyone know who this is? Plate AB12 CDE. Share far and wide!",
        error_messages={"required": "Write something."},
    )

    def __init__(self, data: Any = None, *, forces: set[int]) -> None:
        super().__init__(data, auto_id="id_past_%s")
        account: Any = self.fields["account"]
        account.queryset = SocialAccount.objects.filter(force__in=forces).in_order()
