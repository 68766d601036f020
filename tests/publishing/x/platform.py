"""The fake X as the contract kit wants to use it, and secrets behind a lock."""

from collections.abc import Callable, Mapping
from threading import Lock

from publishing.backends.wire import Timeouts
from publishing.backends.x import XPublisher
from publishing.backends.x.api import Kind
from tests.publishing.fake_http import problem
from tests.publishing.fake_x import (
    SERVER_ERROR,
    UNAUTHORIZED,
    FakeX,
    Tweet,
    too_many,
)
from tests.publishing.kit import (
    RESET_IN,
    Fault,
    Held,
    Keeps,
    WiredPlatform,
)

TEAM = "FoxhollowLPT"
NEIGHBOUR = "Neighbour"
FAULTS = {
    Fault.CREDENTIALS: UNAUTHORIZED,
    Fault.REFUSAL: problem(403, "Forbidden", "Your Tweet text is too long."),
    Fault.ACCEPTED: SERVER_ERROR,
}


class X(WiredPlatform):
    """The fake, as the kit wants to use it."""

    account = f"x:{TEAM}"
    name = "x"

    def __init__(self, x: FakeX, kind: Kind) -> None:
        self.x = x
        self.kind = kind
        self.url = x.url
        self.secrets = Keeps(x.credentials(TEAM, kind))
        self.publisher = self.publisher_at(x.url, Timeouts())
        public = {"consumer_key", "client_id"}
        self.confidential = [
            word for name, word in self.secrets.values.items() if name not in public
        ]
        x.join(NEIGHBOUR)

    def publisher_at(self, url: str, timeouts: Timeouts) -> XPublisher:
        return XPublisher(auth=self.kind, base_url=url, timeouts=timeouts)

    def matters(self, method: str, path: str) -> bool:
        return (method, path) == ("POST", "/2/tweets")

    def held(self) -> list[Held]:
        return [self._as_held(each) for each in self.x.posts_of(TEAM)]

    def _as_held(self, post: Tweet) -> Held:
        retweeted = post.points_to.get("retweeted", "")
        return Held(
            # As Blue Lamp calls it: X has no use for the id of a retweet.
            id=f"retweet-{retweeted}" if retweeted else post.id,
            text=post.text,
            alt_texts=tuple(self.x.pictures[key].alt_text for key in post.pictures),
            answers=post.points_to.get("replied_to", ""),
            passes_on=retweeted,
        )

    def somebody_posts(self, text: str) -> Mapping[str, str]:
        return {"id": self.x.write(NEIGHBOUR, text).id, "account": NEIGHBOUR}

    def fail_next(self, fault: Fault) -> None:
        if fault is Fault.RATE_LIMIT:
            self.x.fail_next(too_many(wait=RESET_IN))
        else:
            self.x.fail_next(FAULTS[fault], done=fault is Fault.ACCEPTED)
            if fault is Fault.CREDENTIALS:
                # New ones do not help.
                self.x.fail_next(FAULTS[fault])


class OneAtATime(Keeps):
    """Secrets behind a lock, as the vault's are."""

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(values)
        self._lock = Lock()

    def renewed(
        self, stale: Mapping[str, str], renew: Callable[[Mapping[str, str]], Mapping[str, str]]
    ) -> Mapping[str, str]:
        with self._lock:
            return super().renewed(stale, renew)
