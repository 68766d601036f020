"""What a person declares with a tick of its own, because no rule can see it.

Everything that holds for each tweet stands on the submit button. A separate tick is asked only
where a rule found something, a picture is attached, a stranger is passed on or a case is declared.
Every sentence is true as well where the rule was wrong ("whoever is named here …"): nobody shall
have to declare something false to get past a false alarm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from policy.core.rules.authorities import STAFFORDSHIRE, WEST_MIDLANDS
from policy.core.types import CaseStage, Citation, Kind, Offence, Post, Report, SourceKind

OWN_SOURCES: Final = frozenset({SourceKind.FORCE, SourceKind.COMMANDER, SourceKind.LPT})
PASSED_ON: Final = frozenset({Kind.RETWEET, Kind.QUOTE})


@dataclass(frozen=True, slots=True)
class When:
    """When a tick is asked for: everything that is said here must be true of the post.

    `rules`: one of them found something. `stages` and `offences`: one of them was declared.
    `unless`: none of these did. `pictures`: there is one. `stranger`: a tweet of an account that
    is not the force's is passed on. `naming`: somebody decided that a person may be named.
    """

    rules: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    stages: frozenset[CaseStage] = frozenset()
    offences: frozenset[Offence] = frozenset()
    pictures: bool = False
    stranger: bool = False
    naming: bool = False

    def holds(self, post: Post, found: frozenset[str]) -> bool:
        """Whether it is true of `post`, in which the rules `found` found something."""
        return (
            (not self.rules or bool(self.rules & found))
            and self.unless.isdisjoint(found)
            and (not self.stages or post.case.stage in self.stages)
            and (not self.offences or post.case.offence in self.offences)
            and (not self.pictures or post.pictures > 0 or bool(post.alt_texts))
            and (not self.stranger or _is_of_a_stranger(post))
            and (not self.naming or post.case.is_naming_decided)
        )


def _is_of_a_stranger(post: Post) -> bool:
    return post.kind in PASSED_ON and post.source_kind not in OWN_SOURCES


@dataclass(frozen=True, slots=True)
class Attestation:
    """One tick: the words that the person declares, where they come from and when it is asked.

    `asks` is the label of a text that must be given along with the tick, empty for none. It is
    asked for when one of `when` holds.
    """

    id: str
    label: str
    cites: Citation
    when: tuple[When, ...]
    asks: str = ""

    def is_asked(self, post: Post, found: frozenset[str]) -> bool:
        """Whether `post` needs this tick."""
        return any(condition.holds(post, found) for condition in self.when)


def _found(*rules: str) -> tuple[When, ...]:
    return (When(rules=frozenset(rules)),)


_PICTURE: Final = (When(pictures=True),)
_PICTURES: Final = "Pictures"
_SHOULD_NOT: Final = "Information posted online should not"

ATTESTATIONS: Final[tuple[Attestation, ...]] = (
    Attestation(
        id="named-person-agrees",
        label="Whoever is named here, other than an officer, agrees to be named in this tweet.",
        cites=Citation(
            WEST_MIDLANDS,
            _SHOULD_NOT,
            "Personal details of other people stay out unless they want them in.",
            ("A3", "B17"),
        ),
        # Nobody who is missing can agree: there the family is asked.
        when=(When(rules=frozenset({"name-private-person"}), unless=frozenset({"misper"})),),
    ),
    Attestation(
        id="naming-authorised",
        label="I have seen the decision to name this person, and it covers this tweet.",
        cites=Citation(
            STAFFORDSHIRE,
            "What not to tweet",
            "Offenders are not named; where it happens, somebody of rank has decided it.",
            ("A3", "C2"),
        ),
        when=(When(naming=True),),
    ),
    Attestation(
        id="misper-family-permission",
        label="If someone is missing: the family agrees to this tweet.",
        cites=Citation(
            WEST_MIDLANDS,
            "Missing people",
            "Ask the family first, and go by the force's own way of appealing.",
            ("B21",),
        ),
        when=_found("misper"),
    ),
    Attestation(
        id="force-appeal-reference",
        label="If someone is missing: the force has appealed for this person already.",
        cites=Citation(
            WEST_MIDLANDS,
            "Missing people",
            "A team tweets about a missing person once the force has appealed.",
            ("B21", "B22"),
        ),
        when=_found("misper"),
        asks="Reference of the force’s appeal. If nobody is missing, say so.",
    ),
    Attestation(
        id="incident-cleared",
        label="Whoever is in charge of the incident agrees to this tweet, or nothing is going on.",
        cites=Citation(
            WEST_MIDLANDS,
            "Dos and don'ts",
            "Nothing from an incident that is still going on, or on the way to one.",
            ("A9", "B6"),
        ),
        when=_found("live-incident"),
    ),
    Attestation(
        id="next-of-kin-told",
        label="The next of kin of anyone who died or was badly hurt have been told.",
        cites=Citation(
            "Law and practice around the guidance",
            "Deaths, serious injuries and police contact",
            "A family hears of a death from an officer and not from a tweet.",
            ("C6",),
        ),
        when=(
            When(rules=frozenset({"death-or-serious-injury"})),
            When(offences=frozenset({Offence.DEATH})),
        ),
    ),
    Attestation(
        id="retweet-profile-checked",
        label="I have looked at the profile of the account that this passes on.",
        cites=Citation(
            STAFFORDSHIRE,
            "Followers, retweets, #tags",
            "Look at who it is before you open or pass on what they wrote.",
            ("A34",),
        ),
        when=(When(stranger=True),),
    ),
    Attestation(
        id="picture-release",
        label="Everyone who can be recognised in the picture has signed a release form.",
        cites=Citation(
            WEST_MIDLANDS,
            _PICTURES,
            "People in a picture sign the force's form before it is published.",
            ("B26",),
        ),
        when=_PICTURE,
    ),
    Attestation(
        id="picture-no-child",
        label=(
            "No child can be recognised in the picture, or the parents and the safeguarding"
            " board allow it."
        ),
        cites=Citation(
            WEST_MIDLANDS,
            _PICTURES,
            "Children only with their parents' leave, and not at all where the safeguarding"
            " board is against it.",
            ("B24", "B27"),
        ),
        when=_PICTURE,
    ),
    Attestation(
        id="picture-not-evidence",
        label="The picture is not evidence and shows nothing shocking, such as an injury.",
        cites=Citation(
            WEST_MIDLANDS,
            _PICTURES,
            "Nothing that a court may need, and nothing put up to shock.",
            ("B24",),
        ),
        when=_PICTURE,
    ),
    Attestation(
        id="picture-no-suspect",
        label="The picture shows no suspect, no wanted person and no victim.",
        cites=Citation(
            WEST_MIDLANDS,
            _PICTURES,
            "Wanted people, suspects and victims are not shown by a team's account.",
            ("B24", "B25"),
        ),
        when=_PICTURE,
    ),
    Attestation(
        id="picture-no-address",
        label="The picture gives away no address, no crime scene and no number plate.",
        cites=Citation(
            WEST_MIDLANDS,
            _PICTURES,
            "Nothing in a picture lets people find the place of a crime or somebody's home.",
            ("B25",),
        ),
        when=_PICTURE,
    ),
    Attestation(
        id="no-property-shown",
        label="If the picture shows a found pet or found property, no investigation is about it.",
        cites=Citation(
            WEST_MIDLANDS,
            _PICTURES,
            "Pets and things are shown only where they belong to no investigation.",
            ("B24",),
        ),
        when=_PICTURE,
    ),
    Attestation(
        id="picture-ours",
        label="The picture is the force’s own, or its owner lets us use it.",
        cites=Citation(
            WEST_MIDLANDS,
            _SHOULD_NOT,
            "Respect the copyright of others.",
            ("B19",),
        ),
        when=_PICTURE,
    ),
    Attestation(
        id="picture-text",
        label="Any words in the picture stand in the tweet or in its description as well.",
        cites=Citation(
            "Law and practice around the guidance",
            "Accessibility regulations 2018",
            "People who cannot see the picture get its words as text.",
            ("C17",),
        ),
        when=_PICTURE,
    ),
)


def attestations_for(post: Post, report: Report) -> tuple[Attestation, ...]:
    """The ticks that `post` needs besides the submit button, in the order of the list.

    `report` must be of a check without any attestation given, or a rule that a tick silences
    would take its own tick away.
    """
    found = frozenset(finding.rule for finding in report.findings)
    return tuple(a for a in ATTESTATIONS if a.is_asked(post, found))
