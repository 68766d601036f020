"""Whom a tweet names and passes on."""

import pytest

from policy.core import Kind, Post, Severity, SourceKind, check
from tests.policy.core.packs import DEMONSTRATION, NOTHING, WITH_LISTS, excerpts, found


class TestColleagues:
    def test_are_known_by_the_list_alone(self) -> None:
        text = "Well done @asha_at_home"
        assert not found(text, "colleague-mention", DEMONSTRATION)
        (finding,) = found(text, "colleague-mention", WITH_LISTS)
        assert finding.severity is Severity.NEEDS_REASON
        assert finding.excerpt == "@asha_at_home"

    def test_are_named_once_for_each_mention(self) -> None:
        text = "@asha_at_home and @Asha_At_Home, not @asha_at_homes"
        assert excerpts(text, "colleague-mention", WITH_LISTS) == ["@asha_at_home", "@Asha_At_Home"]


class TestPartners:
    def test_are_offered_by_their_handle(self) -> None:
        (finding,) = found("With marlshire fire on Friday", "partner-handle", WITH_LISTS)
        assert (finding.excerpt, finding.replacements) == ("marlshire fire", ("@MarlshireFire",))

    def test_are_offered_once(self) -> None:
        text = "Marlshire Fire will be there. Thank you, Marlshire Fire."
        assert excerpts(text, "partner-handle", WITH_LISTS) == ["Marlshire Fire"]

    @pytest.mark.parametrize("handle", ["@Marlshire_Fire", "@marlshire_fire", "@MarlshireFire_"])
    def test_are_put_right_where_the_handle_only_looks_alike(self, handle: str) -> None:
        (finding,) = found(f"Thank you {handle}", "partner-handle", WITH_LISTS)
        assert (finding.excerpt, finding.replacements) == (handle, ("@MarlshireFire",))

    @pytest.mark.parametrize(
        "text", ["@marlshirefire is here", "A fire in Marlshire", "#MarlshireFire"]
    )
    def test_are_left_alone_in(self, text: str) -> None:
        assert not found(text, "partner-handle", WITH_LISTS)


class TestARetweet:
    def passed_on(self, source: str, kind: SourceKind) -> set[str]:
        post = Post(
            "", kind=Kind.RETWEET, source_text="Hi", source_account=source, source_kind=kind
        )
        return {finding.rule for finding in check(post, NOTHING, WITH_LISTS).findings}

    def test_is_looked_at_where_nobody_knows_the_source(self) -> None:
        assert self.passed_on("bakes_by_bea", SourceKind.NONE) == {"retweet-relevance"}

    @pytest.mark.parametrize(
        ("source", "kind"),
        [("MarlshireFire", SourceKind.NONE), ("x", SourceKind.LPT), ("", SourceKind.OTHER)],
    )
    def test_is_fine_otherwise(self, source: str, kind: SourceKind) -> None:
        assert self.passed_on(source, kind) == set()

    def test_of_a_celebrity_is_advised_against(self) -> None:
        assert "celebrity" in self.passed_on("starofsaltmere", SourceKind.OTHER)
