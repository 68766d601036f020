"""Tables of publishing."""

from publishing.models.alerts import Alert, AlertCall, AlertKind, AlertQuerySet
from publishing.models.connections import Circuit, Credential, Handshake
from publishing.models.deliveries import Attempt, Delivery, DeliveryAnswer, DeliveryQuerySet
from publishing.models.machinery import Reckoning, WorkerHeartbeat
from publishing.models.past_posts import PastPost, TimelineReading
from publishing.models.profiles import ProfileChange, ProfileDifference, ProfileRecord
from publishing.models.reveals import Reveal
from publishing.models.taken_down import TakeDown, TakeDownTry

__all__ = [
    "Alert",
    "AlertCall",
    "AlertKind",
    "AlertQuerySet",
    "Attempt",
    "Circuit",
    "Credential",
    "Delivery",
    "DeliveryAnswer",
    "DeliveryQuerySet",
    "Handshake",
    "PastPost",
    "ProfileChange",
    "ProfileDifference",
    "ProfileRecord",
    "Reckoning",
    "Reveal",
    "TakeDown",
    "TakeDownTry",
    "TimelineReading",
    "WorkerHeartbeat",
]
