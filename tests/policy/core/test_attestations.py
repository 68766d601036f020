"""Which ticks a post needs besides the submit button."""

from dataclasses import replace

import pytest

from policy.core import (
    ATTESTATIONS,
    RULEBOOK,
    Attestation,
    CaseFacts,
    CaseStage,
    Citation,
    Context,
    Finding,
    Kind,
    Offence,
    Post,
    Report,
    Severity,
    SourceKind,
    attestations_for,
    check,
)
from policy.core.attestations import When
from tests.policy.core.packs import NEUTRAL

PLAIN = Post("Meet your team at the library on Thursday, 6pm.")
# Rules of the catalogue that ticks hang on.
CATALOGUE = {
    "name-private-person", "misper", "live-incident", "death-or-serious-injury",
}  # fmt: skip


def asked(post: Post, *rules: str) -> list[str]:
    """The ids of the ticks for `post` when `rules` found something in it."""
    report = check(post, Context(), NEUTRAL)
    findings = tuple(finding_of(rule) for rule in rules)
    return [a.id for a in attestations_for(post, replace(report, findings=findings))]


def finding_of(rule: str) -> Finding:
    return Finding(
        rule=rule, title=rule, pack="neutral", pack_version=1, severity=Severity.NEEDS_REASON,
        start=0, end=4, excerpt="Meet", message="", suggestion="", replacements=(),
        citation=Citation("", "", ""), confidence=1.0, overridable_by="", answers=(),
    )  # fmt: skip


class TestAPost:
    def test_without_anything_special_needs_none(self) -> None:
        assert asked(PLAIN) == []
        assert asked(PLAIN, "duty-times", "hashtags-max") == []

    @pytest.mark.parametrize(
        ("rule", "ticks"),
        [
            ("name-private-person", ["named-person-agrees"]),
            ("misper", ["misper-family-permission", "force-appeal-reference"]),
            ("live-incident", ["incident-cleared"]),
            ("death-or-serious-injury", ["next-of-kin-told"]),
        ],
    )
    def test_in_which_a_rule_found_something_needs_its_tick(
        self, rule: str, ticks: list[str]
    ) -> None:
        assert asked(PLAIN, rule) == ticks
        assert asked(PLAIN, rule, rule) == ticks

    def test_with_a_picture_needs_every_tick_of_pictures(self) -> None:
        ticks = [
            "picture-release",
            "picture-no-child",
            "picture-not-evidence",
            "picture-no-suspect",
            "picture-no-address",
            "no-property-shown",
            "picture-ours",
            "picture-text",
        ]
        assert asked(replace(PLAIN, pictures=1)) == ticks
        # A description is one of a picture, whatever was counted.
        assert asked(replace(PLAIN, alt_texts=("A van",))) == ticks

    @pytest.mark.parametrize("kind", [Kind.RETWEET, Kind.QUOTE])
    def test_that_passes_on_a_stranger_needs_a_look_at_the_profile(self, kind: Kind) -> None:
        passed_on = replace(PLAIN, kind=kind, source_account="somebody")
        for source in (SourceKind.NONE, SourceKind.OTHER, SourceKind.PARTNER, SourceKind.SENIOR):
            of_theirs = replace(passed_on, source_kind=source)
            assert asked(of_theirs) == ["retweet-profile-checked"]
        for source in (SourceKind.FORCE, SourceKind.COMMANDER, SourceKind.LPT):
            assert asked(replace(passed_on, source_kind=source)) == []

    @pytest.mark.parametrize("kind", [Kind.ORIGINAL, Kind.REPLY])
    def test_of_ones_own_words_needs_none(self, kind: Kind) -> None:
        assert asked(replace(PLAIN, kind=kind, source_account="somebody")) == []

    def test_after_a_decision_to_name_needs_a_look_at_it(self) -> None:
        decided = CaseFacts(stage=CaseStage.CHARGED, is_naming_decided=True)
        assert asked(replace(PLAIN, case=decided)) == ["naming-authorised"]
        assert asked(replace(PLAIN, case=CaseFacts(stage=CaseStage.CHARGED))) == []

    def test_about_a_declared_death_needs_the_family_told_once(self) -> None:
        death = replace(PLAIN, case=CaseFacts(offence=Offence.DEATH))
        assert asked(death) == ["next-of-kin-told"]
        assert asked(death, "death-or-serious-injury") == ["next-of-kin-told"]
        assert asked(replace(PLAIN, case=CaseFacts(offence=Offence.SEXUAL))) == []


class TestACondition:
    def test_is_true_only_when_all_of_it_is(self) -> None:
        both = When(rules=frozenset({"misper"}), stages=frozenset({CaseStage.WANTED}))
        wanted = replace(PLAIN, case=CaseFacts(stage=CaseStage.WANTED))
        assert both.holds(wanted, frozenset({"misper", "joke"}))
        assert not both.holds(wanted, frozenset({"joke"}))
        assert not both.holds(PLAIN, frozenset({"misper"}))


class TestEveryAttestation:
    def test_has_an_id_of_its_own(self) -> None:
        assert len({attestation.id for attestation in ATTESTATIONS}) == len(ATTESTATIONS)

    @pytest.mark.parametrize("attestation", ATTESTATIONS, ids=lambda a: a.id)
    def test_declares_one_sentence_and_names_its_authority(self, attestation: Attestation) -> None:
        assert attestation.label.endswith(".")
        assert len(attestation.label) <= 100
        assert attestation.cites.document
        assert attestation.cites.section
        assert attestation.cites.paraphrase.endswith(".")
        assert attestation.cites.requirements

    @pytest.mark.parametrize("attestation", ATTESTATIONS, ids=lambda a: a.id)
    def test_is_asked_for_somewhere_and_not_everywhere(self, attestation: Attestation) -> None:
        empty = When()
        assert attestation.when
        assert empty not in attestation.when

    def test_hangs_on_rules_of_the_catalogue(self) -> None:
        rules = {rule for a in ATTESTATIONS for when in a.when for rule in when.rules}
        assert rules <= CATALOGUE | {rule.id for rule in RULEBOOK}

    def test_does_not_depend_on_the_number_of_findings(self) -> None:
        report = check(PLAIN, Context(), NEUTRAL)
        assert isinstance(report, Report)
        many = replace(report, findings=tuple(finding_of("misper") for _ in range(50)))
        assert len(attestations_for(PLAIN, many)) == 2
