"""Pages about what goes out, what went out and what did not."""

from publishing.views.alerts import Alerts, Lift
from publishing.views.connections import (
    CheckConnection,
    ChoosePublisher,
    Connect,
    Connected,
    Connections,
    Credentials,
)
from publishing.views.deliveries import Answer, Deliveries
from publishing.views.moving import MoveTime, NewsBreaks
from publishing.views.past_posts import ExplainPost, PastPosts
from publishing.views.practice import InjectFault, PostPast, PracticeTimeline
from publishing.views.profiles import ProfilePage, Profiles
from publishing.views.reveals import RevealPage
from publishing.views.status import StatusPage
from publishing.views.taking_down import ConfirmGone, TakeDownPage

__all__ = [
    "Alerts",
    "Answer",
    "CheckConnection",
    "ChoosePublisher",
    "ConfirmGone",
    "Connect",
    "Connected",
    "Connections",
    "Credentials",
    "Deliveries",
    "ExplainPost",
    "InjectFault",
    "Lift",
    "MoveTime",
    "NewsBreaks",
    "PastPosts",
    "PostPast",
    "PracticeTimeline",
    "ProfilePage",
    "Profiles",
    "RevealPage",
    "StatusPage",
    "TakeDownPage",
]
