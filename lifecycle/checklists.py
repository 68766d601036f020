"""The steps of each process, as data: what has to be done, by when and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class Process(StrEnum):
    COMPROMISE = "compromise"
    LAUNCH = "launch"
    HANDOVER = "handover"


class By(StrEnum):
    """Who ticks a step beside corporate communications, which ticks every one."""

    CENTRE = "centre"
    SUPERVISOR = "supervisor"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class StepOf:
    """`within` runs from the beginning of the process; a process may have a last moment of its own.

    What is `vital` has to be done before the process can end.
    """

    title: str
    hint: str
    within: timedelta | None = None
    by: By = By.CENTRE
    vital: bool = False


CHECKLISTS: Mapping[Process, Mapping[str, StepOf]] = {
    Process.COMPROMISE: {
        "password": StepOf(
            "Password changed on the platform",
            "Change it from a clean computer, and change the password of the mailbox that the"
            " account belongs to if that may be known too.",
            within=15 * MINUTE,
            vital=True,
        ),
        "sessions": StepOf(
            "Sessions and apps signed out",
            "End every session and take away the rights of every app but Blue Lamp. Then store"
            " new credentials here.",
            within=30 * MINUTE,
            vital=True,
        ),
        "press": StepOf(
            "Press office told",
            "Say which account, since when, and what was tweeted.",
            within=30 * MINUTE,
        ),
        "tweets": StepOf(
            "Tweets looked at",
            "Look at everything that went out since then, direct messages too. Delete what is not"
            " ours, after a screenshot.",
            within=60 * MINUTE,
            vital=True,
        ),
        "statement": StepOf(
            "Statement started",
            "Tell followers what happened, from an account that is safe.",
            within=120 * MINUTE,
        ),
    },
    Process.LAUNCH: {
        "connect": StepOf(
            "Account made on the platform, credentials stored",
            "Make it with a mailbox of the force. Nobody in the team gets the password.",
            within=7 * DAY,
        ),
        "picture": StepOf(
            "Picture and header", "The team's own, not somebody's face.", within=14 * DAY
        ),
        "bio": StepOf(
            "Description",
            "Who you are, that it is not read round the clock, and 101 and 999 for reports.",
            within=14 * DAY,
        ),
        "link": StepOf(
            "Link to the team's page", "On the platform, and from the page back.", within=14 * DAY
        ),
        "community": StepOf(
            "Community told",
            "At the next meeting, in the newsletter, by a tweet of the force's own account.",
            within=28 * DAY,
            by=By.TEAM,
        ),
    },
    Process.HANDOVER: {
        "plan": StepOf(
            "Supervisor agrees",
            "Who takes the account over, or that it closes.",
            within=3 * DAY,
            by=By.SUPERVISOR,
            vital=True,
        ),
        "drafts": StepOf(
            "Pending drafts moved",
            "Whoever takes over makes them their own, also those in review, and discards what"
            " is not worth keeping.",
            by=By.TEAM,
            vital=True,
        ),
        "farewell": StepOf(
            "Followers told",
            "A farewell tweet says where to follow from now on.",
            by=By.TEAM,
            vital=True,
        ),
        "profile": StepOf(
            "Profile changed on the platform",
            "Name, picture and description are those of whoever takes over, or say that the"
            " account is closed.",
            vital=True,
        ),
        "credentials": StepOf(
            "Credentials changed",
            "A new password on the platform, every session and app signed out, new credentials"
            " stored here.",
            vital=True,
        ),
        "rights": StepOf(
            "Rights ended",
            "Their rights in this team end with this tick. It is the last one.",
        ),
    },
}
