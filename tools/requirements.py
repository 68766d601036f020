"""Every requirement that the two guidance documents and the law make, and what else serves it.

The rules and attestations of the rulebook say themselves which requirements they meet (their
citations' `requirements`); this table says in a few words of our own what each requirement is
about, which lists and templates of a pack belong to it, what the product does about it today
besides, and with which later part the rest comes. `tools.rulebook` joins the two.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Part(StrEnum):
    """The parts of the product that are still to come."""

    RETWEETS = "retweets and replies"
    MENTIONS = "mentions"
    PICTURES = "pictures"
    APPEALS = "appeals"
    PLANNER = "the planner"
    RECORDS = "records and disclosure"
    LANGUAGES = "languages"


@dataclass(frozen=True, slots=True)
class Requirement:
    """`asks`: what it is about. `today`: what serves it besides rules. `later`: what is to come.

    `lists` are names of a pack's lists; `templates` says that prepared wordings belong to it.
    """

    id: str
    asks: str
    today: str = ""
    later: tuple[Part, ...] = ()
    lists: tuple[str, ...] = ()
    templates: bool = False


_R = Requirement
RETWEETS, MENTIONS = Part.RETWEETS, Part.MENTIONS
PICTURES, APPEALS, PLANNER, RECORDS = Part.PICTURES, Part.APPEALS, Part.PLANNER, Part.RECORDS
LANGUAGES = Part.LANGUAGES
_ROUTE: Final = "comms decide on every draft"
_DECLARED: Final = "the submit button declares it, bound to the exact text"

_STAFFORDSHIRE: Final = (
    _R("A1", "few hashtags"),
    _R("A2", "tags of the area or subject", lists=("area_hashtags", "campaign_hashtags")),
    _R("A3", "offenders' names"),
    _R("A4", "where exactly a crime was"),
    _R("A5", "links outside the force", lists=("allowed_domains", "senior_accounts")),
    _R("A6", "jokes"),
    _R("A7", "rumours"),
    _R("A8", "when the team is off duty"),
    _R("A9", "emotive subjects and arguments"),
    _R("A10", "stop checks without identities", "category “Stop check”"),
    _R("A11", "weather from the Met Office", "category “Weather”", lists=("allowed_domains",)),
    _R("A12", "what a team tweets about", "a category for each", templates=True),
    _R("A13", "retweets that concern the area", later=(RETWEETS,), lists=("force_accounts",)),
    _R("A14", "colleagues' own accounts", lists=("protected_handles",)),
    _R("A15", "what one would say in public", _DECLARED),
    _R("A16", "tone: clear, short, personal, credible", _ROUTE),
    _R("A17", "accounts by area", "force, team and account, each account of one kind"),
    _R(
        "A18",
        "names and mobiles of all users",
        "*People*; no submitting without both; *My record*; *Duty call list*",
    ),
    _R("A19", "passwords stay with comms", "a sealed vault; two people open it; *Connections*"),
    _R("A20", "profile settings stay as they are", "*Profiles*: asked for, decided, compared"),
    _R("A21", "tweets from the centre", "comms write for any team's account; the trail says so"),
    _R("A22", "reviewing followers", "*Following*: each year, told when due, done by whom"),
    _R("A23", "how to log on, common problems", "*Guidance and training*, pages with checks"),
    _R("A24", "critical incidents", "incidents lock writing, approving and sending"),
    _R("A25", "looking at mentions daily", later=(MENTIONS,)),
    _R("A26", "answering in the thread", "a reply is a kind of draft", (MENTIONS,)),
    _R("A27", "calls for help go to 101 or 999", "the pack's numbers and page", (MENTIONS,)),
    _R("A28", "direct messages are not private", "direct messages cannot be written"),
    _R(
        "A29",
        "steering by comms",
        "reasons and comments on every draft; *Questions to comms* both ways",
        (MENTIONS,),
    ),
    _R("A30", "comms watch all accounts", "timelines are read: *Sent past*"),
    _R("A31", "whom to ask in doubt", "*Ask comms* and the numbers at the foot of every page"),
    _R("A32", "all is public, the media read along", _DECLARED, (RECORDS,)),
    _R("A33", "guidance itself is disclosed", later=(RECORDS,)),
    _R("A34", "looking at a profile before tapping", later=(MENTIONS,)),
)
_WEST_MIDLANDS: Final = (
    _R("B1", "tags short and unlike others", lists=("area_hashtags", "campaign_hashtags")),
    _R(
        "B2",
        "a tag for an event, no new account",
        "an outcome of *Requests*",
        lists=("campaign_hashtags",),
    ),
    _R("B3", "links back to the force", lists=("allowed_domains",)),
    _R("B4", "jokes"),
    _R("B5", "when the team is on and off duty"),
    _R("B6", "being on the way to an incident"),
    _R("B7", "tweeting from a live incident", "holds and critical incidents"),
    _R("B8", "politics, news, criticism of others"),
    _R("B9", "text-speak"),
    _R("B10", "jargon", lists=("jargon",)),
    _R("B11", "room in a tweet", "a limit for each platform and pack"),
    _R("B12", "whom to retweet", later=(RETWEETS,), lists=("force_accounts",)),
    _R("B13", "partners by their handle", lists=("partner_accounts",)),
    _R("B14", "a policing purpose", "each category carries one, kept with every revision"),
    _R("B15", "deciding by values", "five questions on the Write page, a note on overrides"),
    _R("B16", "what may be printed in the media", _DECLARED),
    _R("B17", "other people's details"),
    _R("B18", "protected material", lists=("operation_names",)),
    _R("B19", "libel, copyright, harm to operations", _DECLARED, lists=("operation_names",)),
    _R("B20", "talking with people, not at them", later=(MENTIONS,)),
    _R("B21", "missing people: permission first", "category “Missing person”", (APPEALS,)),
    _R("B22", "saying when somebody is found", later=(APPEALS,)),
    _R("B23", "what became of an appeal", later=(APPEALS,)),
    _R("B24", "what no picture may show", later=(PICTURES,)),
    _R("B25", "scenes, addresses, victims in pictures", later=(PICTURES,)),
    _R("B26", "releases of people in pictures", later=(PICTURES,)),
    _R("B27", "children in pictures", later=(PICTURES,)),
    _R("B28", "uploading pictures, alternative text", later=(PICTURES,)),
    _R("B29", "logins told to comms", "replaced by the sealed vault; *Connections*"),
    _R("B30", "asking for an account", "*Requests*: a supervisor, then comms"),
    _R("B31", "another team's account may fit better", "*Requests* and *Offered drafts*"),
    _R(
        "B32",
        "police e-mail, names of accounts",
        "the force's mail domain, the pack's naming pattern",
    ),
    _R("B33", "strong passwords", "checks on every new password; passkeys, a second factor"),
    _R("B34", "phones that stay signed in", "short sessions; *Your sign-in* lists and ends them"),
    _R("B35", "accounts that fall silent", "*Silent*: the team is told, then comms", (PLANNER,)),
    _R("B36", "leavers", "*Handovers*: six steps, told when late; one press ends access"),
    _R("B37", "hacked accounts", "*Hacked*: frozen at one press, opened again by two people"),
    _R("B38", "whom to follow", "*Following*: asked for, decided", lists=("celebrity_accounts",)),
    _R(
        "B39", "private accounts of staff", "never read; a page of the guidance says so", (RECORDS,)
    ),
    _R("B40", "telling people about the account", "the launch checklist of *Requests*"),
    _R("B41", "the force's number and report page", "the pack's numbers and page", (MENTIONS,)),
    _R("B42", "nothing is ever really deleted", "*Take down*; the evidence is kept"),
    _R("B43", "useful messages", templates=True),
    _R("B44", "dates, priorities, questions", templates=True, later=(PLANNER,)),
    _R("B45", "guidance that changes", "versions of pack and guidance; a new one is accepted anew"),
    _R("B46", "retweeting other police accounts", later=(MENTIONS,), lists=("force_accounts",)),
    _R("B47", "finding local people to follow", "*Following*: who and why"),
    _R("B48", "tweeting often and of interest", templates=True, later=(PLANNER,)),
    _R("B49", "safety of staff and their families"),
)
_LAW: Final = (
    _R("C1", "contempt: proceedings are active", "the stage of the case is asked for"),
    _R("C2", "naming before and at charge", "who decided on a naming, and why"),
    _R("C3", "complainants of sexual offences"),
    _R("C4", "under-18s in cases", "asked for in cases"),
    _R("C5", "court orders and injunctions", "the list of restrictions that comms keep"),
    _R("C6", "deaths, injuries, police contact"),
    _R("C7", "pre-election periods", "dated periods, with a banner"),
    _R("C8", "every text that goes out is read", "the engine reads alternative and source texts"),
    _R("C9", "data protection: two regimes", later=(RECORDS,)),
    _R("C11", "reading is logged too", later=(RECORDS,)),
    _R("C12", "retention", "the trail holds ids and hashes, no text", (RECORDS,)),
    _R("C13", "mentions that are requests or complaints", later=(MENTIONS,)),
    _R("C15", "impact assessment, what is held on staff", "page “About you”", (RECORDS,)),
    _R("C16", "standards, FOI and data protection apart", "three roles of their own", (RECORDS,)),
    _R("C17", "accessibility", "statement page; pages tested with axe", (PICTURES,)),
    _R("C18", "Welsh", later=(LANGUAGES,)),
)
_GAPS: Final = (
    _R("G1", "a team's page, newsletter, contact, place", "fields of the team; *Duty call list*"),
    _R("G2", "who is tweeting", "a team signature, one tap on the Write page"),
    _R("G3", "release forms", later=(PICTURES,)),
    _R("G4", "training", "*Guidance and training*: five compulsory pages, their end said ahead"),
    _R("G5", "drafts for another team's account", "*Offered drafts*: that team adopts or declines"),
)
REQUIREMENTS: Final[tuple[Requirement, ...]] = (*_STAFFORDSHIRE, *_WEST_MIDLANDS, *_LAW, *_GAPS)
