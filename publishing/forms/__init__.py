"""What people say to publishing."""

from publishing.forms.answering import AnswerForm
from publishing.forms.credentials import ConnectForm, CredentialsForm, PublisherForm
from publishing.forms.moving import ChooseForm, MoveForm, TimeForm
from publishing.forms.past_posts import ExplainForm
from publishing.forms.practice import FaultForm, PostPastForm
from publishing.forms.profiles import ChangeForm, DecideForm
from publishing.forms.reveals import RevealForm
from publishing.forms.taking_down import GoneForm, TakeDownForm

__all__ = [
    "AnswerForm",
    "ChangeForm",
    "ChooseForm",
    "ConnectForm",
    "CredentialsForm",
    "DecideForm",
    "ExplainForm",
    "FaultForm",
    "GoneForm",
    "MoveForm",
    "PostPastForm",
    "PublisherForm",
    "RevealForm",
    "TakeDownForm",
    "TimeForm",
]
