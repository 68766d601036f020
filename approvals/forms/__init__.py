"""What approvers fill in."""

from approvals.forms.central import CentralForm
from approvals.forms.commenting import CommentForm
from approvals.forms.deciding import (
    ApproveForm,
    DelegateForm,
    EmergencyForm,
    LookAfterForm,
    NoteForm,
    SeenForm,
    SendBackForm,
    SuggestForm,
    WhyForm,
    seen_of,
)
from approvals.forms.queue import QueueFilterForm, SaveViewForm, picked_of
from approvals.forms.routes import RouteForm, StepForm, steps_as_text, steps_in

__all__ = [
    "ApproveForm",
    "CentralForm",
    "CommentForm",
    "DelegateForm",
    "EmergencyForm",
    "LookAfterForm",
    "NoteForm",
    "QueueFilterForm",
    "RouteForm",
    "SaveViewForm",
    "SeenForm",
    "SendBackForm",
    "StepForm",
    "SuggestForm",
    "WhyForm",
    "picked_of",
    "seen_of",
    "steps_as_text",
    "steps_in",
]
