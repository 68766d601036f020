"""What people say to publishing."""

from publishing.forms.answering import AnswerForm
from publishing.forms.credentials import CredentialsForm
from publishing.forms.moving import ChooseForm, MoveForm, TimeForm
from publishing.forms.past_posts import ExplainForm
from publishing.forms.practice import FaultForm, PostPastForm
from publishing.forms.taking_down import GoneForm, TakeDownForm

__all__ = [
    "AnswerForm",
    "ChooseForm",
    "CredentialsForm",
    "ExplainForm",
    "FaultForm",
    "GoneForm",
    "MoveForm",
    "PostPastForm",
    "TakeDownForm",
    "TimeForm",
]
