"""The console: what it takes is printed, and nothing more is known about it."""

import io
import re
from collections.abc import Mapping

import pytest

from publishing.backends.base import NO_SECRETS, Lookup, Published, Unknown
from publishing.backends.console import ConsolePublisher
from tests.publishing.kit import Basics, Fault, Held, Keeps, Platform, picture, tweet

POST = re.compile(
    r"--- x:team (console-\S+)(?: (in reply to|passing on) (\S+))?\n(.*?)\n((?:\[.*\]\n)*)---\n",
    re.DOTALL,
)


class Console(Platform):
    account = "x:team"
    name = "x"

    def __init__(self) -> None:
        self.stream = io.StringIO()
        self.publisher = ConsolePublisher(self.stream)
        self.secrets = Keeps({})

    def held(self) -> list[Held]:
        return [
            Held(
                id=post_id,
                text=text,
                alt_texts=tuple(re.findall(r"\[image/png: (.*)\]\n", pictures)),
                answers=source if relation == "in reply to" else "",
                passes_on=source if relation == "passing on" else "",
            )
            for post_id, relation, source, text, pictures in POST.findall(self.stream.getvalue())
        ]

    def somebody_posts(self, text: str) -> Mapping[str, str]:
        return {"id": "1", "account": "neighbour"}

    def fail_next(self, fault: Fault) -> None:
        raise NotImplementedError


class TestConsole(Basics):
    @pytest.fixture
    def platform(self) -> Console:
        return Console()

    def test_can_do_nothing_but_print(self, platform: Console) -> None:
        publisher = platform.publisher
        assert publisher.is_practice
        assert publisher.lookup_kind == Lookup.NONE
        can = (publisher.takes_token, publisher.can_delete, publisher.can_read_timeline)
        assert not any(can)

    def test_prints_to_wherever_the_output_goes(
        self, platform: Console, capsys: pytest.CaptureFixture[str]
    ) -> None:
        payload = tweet(platform, "On the terminal", media=(picture("A lamp"),))
        answer = ConsolePublisher().publish(payload, NO_SECRETS)
        assert isinstance(answer, Published)
        assert capsys.readouterr().out == (
            f"--- x:team {answer.id}\nOn the terminal\n[image/png: A lamp]\n---\n"
        )

    def test_does_not_say_that_it_printed_what_it_could_not(self, platform: Console) -> None:
        platform.stream.close()
        answer = platform.publisher.publish(tweet(platform), NO_SECRETS)
        assert isinstance(answer, Unknown)
