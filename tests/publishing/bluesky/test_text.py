"""Record keys, and the places of links, tags and names in a text."""

from datetime import UTC, datetime
from itertools import pairwise
from uuid import UUID, uuid4

import pytest

from publishing.backends.bluesky.text import facets, key_of, moment_of
from tests.publishing.fake_bluesky import TID

NAME, DID = "@neighbour.example.org", "did:plc:neighbour"
KNOWN = {NAME[1:]: DID}


def marked(text: str) -> list[tuple[str, str]]:
    """What is marked, as a reader of bytes finds it, and what it means."""
    content = text.encode()
    return [
        (
            content[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode(),
            next(value for name, value in facet["features"][0].items() if name != "$type"),
        )
        for facet in facets(text, KNOWN.get)
    ]


class TestKeys:
    def test_are_the_same_for_the_same_token(self) -> None:
        token = uuid4()
        assert key_of(token) == key_of(UUID(str(token)))

    def test_do_not_change_between_versions(self) -> None:
        """Another key for the same token would publish what is public a second time."""
        assert key_of(UUID(int=1)) == "2jkygu67vjv3r"

    def test_have_the_form_of_a_tid_and_are_all_different(self) -> None:
        keys = {key_of(UUID(int=number)) for number in range(5000)}
        assert len(keys) == 5000
        assert all(TID.fullmatch(key) for key in keys)

    def test_are_never_those_of_an_app(self) -> None:
        times = [moment_of(key_of(uuid4())) for _ in range(500)]
        assert all(time and time.year < 2006 for time in times)

    def test_of_an_app_tell_the_time(self) -> None:
        # The example of atproto.com/specs/tid.
        time = moment_of("3jzfcijpj2z2a")
        assert time
        assert time.replace(microsecond=0) == datetime(2023, 6, 30, 15, 3, 1, tzinfo=UTC)

    @pytest.mark.parametrize(
        "key", ["self", "", "3jzfcijpj2z2A", "zzzzzzzzzzzzz", "3jzfcijpj2z2aa"]
    )
    def test_of_another_form_tell_none(self, key: str) -> None:
        assert moment_of(key) is None


class TestFacets:
    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("Nothing of the kind.", []),
            ("See https://example.org/a?b=1.", [("https://example.org/a?b=1", "https://example.org/a?b=1")]),
            ("See example.org!", [("example.org", "https://example.org")]),
            ("🚓 Straße zu: #A52 👮🏽‍♀️ #Würzburg", [("#A52", "A52"), ("#Würzburg", "Würzburg")]),
            ("Nr. #1 and #", []),
            ("Ask @neighbour.example.org.", [(NAME, DID)]),
            ("(@Neighbour.Example.ORG)", [("@Neighbour.Example.ORG", "did:plc:neighbour")]),
            ("👮 @neighbour.example.org, #tea", [(NAME, DID), ("#tea", "tea")]),
            ("Ask @nobody.example.org or @neighbour", []),
            (f"https://example.org/{NAME}", [(f"https://example.org/{NAME}",) * 2]),
            ("https://example.org/#tag", [("https://example.org/#tag",) * 2]),
            ("#" + "a" * 64, [("#" + "a" * 64, "a" * 64)]),
            ("#" + "a" * 65, []),
        ],
    )  # fmt: skip
    def test_are_found(self, text: str, wanted: list[tuple[str, str]]) -> None:
        assert marked(text) == wanted

    def test_name_nobody_of_a_mail_address(self) -> None:
        names = [found for found in marked("Mail tip@neighbour.example.org") if "did:" in found[1]]
        assert names == []

    def test_are_in_order_and_do_not_overlap(self) -> None:
        found = facets("#a example.org #b @neighbour.example.org c.uk", KNOWN.get)
        ends = [(each["index"]["byteStart"], each["index"]["byteEnd"]) for each in found]
        assert len(ends) == 5
        assert all(first[1] <= second[0] for first, second in pairwise(ends))
