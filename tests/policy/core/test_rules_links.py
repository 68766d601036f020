"""Links outside the force, in whatever dress."""

import pytest

from policy.core import Context, Kind, Post, Report, SourceKind, check
from tests.policy.core.packs import NOTHING, WEST_MIDLANDS, excerpts, found

ELSEWHERE = "See https://tickets.example.com/flood"


class TestALinkOutsideTheForce:
    @pytest.mark.parametrize(
        "text",
        [
            "example.com",
            "EXAMPLE.com/path",
            "(www.example.com.)",
            "https://example.com?u=www.west-midlands.police.uk",
            "https://example.com/west-midlands.police.uk",
            "https://example.com#west-midlands.police.uk",
            "https://west-midlands.police.uk.example.com/",
            "https://west-midlands-police.uk/",
            "https://badwest-midlands.police.uk",
            "police.uk",
            "https://w\u0435st-midlands.police.uk/",
            "https://xn--wst-midlands-l8h.police.uk/",
            "https://west-midlands.police.uk@example.com/",
            "https://west-midlands.police.uk:pw@example.com/",
            "https://example.com\\@west-midlands.police.uk",
            "http://192.168.0.1/x",
            "http://[::1]/x",
            "ftp://example.com/x",
            "hxxps://example.com/x",
            "https:/example.com",
            "ｅｘａｍｐｌｅ.com",
            "exam\u200bple.com",
            "example。com",
            "𝐞𝐱𝐚𝐦𝐩𝐥𝐞.𝐜𝐨𝐦",
            "example[.]com",
            "example(dot)com",
            "example { . } com",
            "bad dot example dot co dot uk",
            "example d0t com",
            "t.co/abc",
            "http://example.みんな",
        ],
    )
    def test_is_found(self, text: str) -> None:
        assert found(text, "external-link", WEST_MIDLANDS)

    @pytest.mark.parametrize(
        "text",
        [
            "https://west-midlands.police.uk",
            "WWW.WEST-MIDLANDS.POLICE.UK/a?b=c#d",
            "“https://www.west-midlands.police.uk”",
            "https://www.west-midlands.police.uk, and more",
            "https://www.west-midlands.police.uk👮",
            "https://www.west-midlands.police.uk:443/contact",
            "west-midlands dot police dot uk",
            "west-midlands[.]police[.]uk",
            "https://www.metoffice.gov.uk/weather.",
            "write to first.last@example.com",
            "6.30pm to 7.30pm, £3.50, v2.0.1, e.g. a.m.",
            "St. John. Dr.Who. well…ok ...and",
            "https:// nothing",
            "the dot matrix printer. Join the dots. org chart",
            "http://",
            "http://@/",
        ],
    )
    def test_is_not_seen_in(self, text: str) -> None:
        assert not found(text, "external-link", WEST_MIDLANDS)

    def test_is_named_once_with_the_host_it_leads_to(self) -> None:
        text = "See https://metoffice.gov.uk@example.com/a and more"
        (finding,) = found(text, "external-link")
        assert finding.excerpt == "https://metoffice.gov.uk@example.com/a"
        assert finding.message == "This links to example.com, outside the force."

    def test_points_at_the_raw_letters(self) -> None:
        assert excerpts("See ｅｘ\u200bａｍｐｌｅ.com now", "external-link") == [
            "ｅｘ\u200bａｍｐｌｅ.com"
        ]

    def test_may_be_a_full_stop_without_a_space(self) -> None:
        (finding,) = found("Round the town.it was quiet", "external-link")
        assert finding.replacements == ("town. it",)
        assert "space" in finding.suggestion

    def test_may_hide_where_it_leads(self) -> None:
        (finding,) = found("See bit.ly/abc", "external-link")
        assert finding.message == "bit.ly hides where this link leads."

    def test_may_be_spelled_out(self) -> None:
        (finding,) = found("See tickets[.]example[.]com", "external-link")
        assert finding.message == "This spells out a link to tickets.example.com."


class TestALinkInARetweet:
    def retweet(
        self,
        source_kind: SourceKind,
        account: str = "floodfair",
        *,
        context: Context = NOTHING,
        text: str = "",
    ) -> Report:
        post = Post(
            text,
            kind=Kind.QUOTE if text else Kind.RETWEET,
            source_text=ELSEWHERE,
            source_account=account,
            source_kind=source_kind,
        )
        pack = WEST_MIDLANDS.with_lists(senior_accounts=["@ChiefSample"])
        return check(post, context, pack)

    @pytest.mark.parametrize(
        "source_kind", [SourceKind.SENIOR, SourceKind.FORCE, SourceKind.COMMANDER]
    )
    def test_may_be_passed_on_from_above(self, source_kind: SourceKind) -> None:
        assert self.retweet(source_kind).findings == ()

    @pytest.mark.parametrize("source_kind", [SourceKind.PARTNER, SourceKind.LPT, SourceKind.OTHER])
    def test_may_not_be_passed_on_from_elsewhere(self, source_kind: SourceKind) -> None:
        (finding,) = self.retweet(source_kind).blocking
        assert (finding.rule, finding.where) == ("external-link", "source")

    def test_may_be_passed_on_by_a_senior_account(self) -> None:
        context = Context(from_senior_account=True)
        assert self.retweet(SourceKind.OTHER, context=context).blocking == ()

    def test_may_be_passed_on_from_an_account_on_the_list(self) -> None:
        assert self.retweet(SourceKind.OTHER, "chiefsample").findings == ()

    def test_is_still_a_link_in_ones_own_words(self) -> None:
        (finding,) = self.retweet(SourceKind.SENIOR, text=ELSEWHERE).findings
        assert finding.where == "text"

    def test_offers_no_change_to_what_others_wrote(self) -> None:
        post = Post("", kind=Kind.RETWEET, source_text="Round the town.it was quiet")
        (finding,) = check(post, NOTHING, WEST_MIDLANDS).findings
        assert finding.replacements == ()
