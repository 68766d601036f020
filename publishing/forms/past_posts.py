"""What a person says about a post that was sent past Blue Lamp."""

from typing import Any

from django import forms

from publishing.models import PastPost
from publishing.models.past_posts import Explanation


class ExplainForm(forms.Form):
    """What a post was that did not go through Blue Lamp."""

    explanation = forms.ChoiceField(
        label="What was it?",
        widget=forms.RadioSelect,
        choices=[choice for choice in Explanation.choices if choice[0] != Explanation.HACKED],
        error_messages={
            "required": "Choose what it was.",
            "invalid_choice": "Choose what it was.",
        },
    )
    posted_by = forms.CharField(
        label="Who posted it?",
        max_length=100,
        error_messages={
            "required": "Say who posted it.",
            "max_length": "Use at most 100 characters.",
        },
    )
    words = forms.CharField(
        label="Why did it go past Blue Lamp? (optional)", required=False, max_length=300
    )

    def __init__(self, data: Any = None, *, post: PastPost) -> None:
        super().__init__(data, auto_id=f"id_{post.pk}_%s")
