"""What people type into the pages of an account's life."""

from lifecycle.forms.compromise import HackedForm
from lifecycle.forms.following import DecisionForm, FollowForm, OfferForm, ReviewForm
from lifecycle.forms.handovers import HandoverForm
from lifecycle.forms.questions import CloseForm, MessageForm, QuestionForm
from lifecycle.forms.requests import AnswerForm, RequestForm
from lifecycle.forms.silence import KeepForm
from lifecycle.forms.steps import NoteForm

__all__ = [
    "AnswerForm",
    "CloseForm",
    "DecisionForm",
    "FollowForm",
    "HackedForm",
    "HandoverForm",
    "KeepForm",
    "MessageForm",
    "NoteForm",
    "OfferForm",
    "QuestionForm",
    "RequestForm",
    "ReviewForm",
]
