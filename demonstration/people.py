"""The demonstration's force, teams, accounts and people. All of it is made up."""

from dataclasses import dataclass

from accounts.models import AccountKind
from accounts.roles import Role

MAIL = "marlshire.example.org"
SITE = "https://marlshire.example.org"
PARTNER_ACCOUNTS = [("Marlshire Fire", "MarlshireFire"), ("Marlshire Council", "MarlshireCC")]
RANKS = {"PC": "Constable", "PCSO": "PCSO", "Sgt": "Sergeant", "Insp": "Inspector"}
PARTNERS = ["marlshirecouncil.example.net"]


@dataclass(frozen=True, slots=True)
class Team:
    slug: str
    name: str
    hashtag: str
    meeting_place: str


@dataclass(frozen=True, slots=True)
class Account:
    handle: str
    kind: AccountKind
    team: str = ""
    publisher: str = "default"
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """`sees` is what this person meets first, in a sentence."""

    name: str
    mobile: str
    role: Role
    team: str
    sees: str
    title: str = ""
    number_confirmed: bool = True

    @property
    def email(self) -> str:
        return f"{'.'.join(self.name.lower().split())}@{MAIL}"

    @property
    def full_name(self) -> str:
        return f"{self.title} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the tour: who does it, and where it starts."""

    who: str
    text: str
    link: str


TEAMS = [
    Team("oldermoor", "Oldermoor", "Oldermoor", "Oldermoor Library"),
    Team("brackenford", "Brackenford", "Brackenford", "Brackenford station"),
    Team("saltmere-quay", "Saltmere Quay", "SaltmereQuay", "Saltmere Pavilion"),
    Team("kingsmarl", "Kingsmarl", "Kingsmarl", "Kingsmarl Market Hall"),
    Team("foxhollow", "Foxhollow", "Foxhollow", "Foxhollow Village Hall"),
]
ACCOUNTS = [
    Account("MarlshirePolice", AccountKind.FORCE),
    Account("OldermoorPolice", AccountKind.LPT, "oldermoor", signature="– Oldermoor team"),
    Account("BrackenfordLPT", AccountKind.LPT, "brackenford"),
    Account("SaltmereLPT", AccountKind.LPT, "saltmere-quay"),
    Account("KingsmarlLPT", AccountKind.LPT, "kingsmarl"),
    Account("FoxhollowLPT", AccountKind.LPT, "foxhollow"),
    # A platform that cannot be asked whether a tweet is public, to show what then happens.
    Account("InspOkaforMP", AccountKind.COMMANDER, "oldermoor", "blind"),
    Account("MarlRoadsTeam", AccountKind.CENTRAL),
    Account("PCFinchMP", AccountKind.OFFICER, "brackenford"),
    Account("KingsmarlCycle", AccountKind.LPT, "kingsmarl"),
]
PEOPLE = [
    Person("Asha Tindall", "07700 900101", Role.OFFICER, "oldermoor",
           "Writes for Oldermoor. One of her tweets waits for a decision.", "PC"),
    Person("Callum Reeve", "07700 900102", Role.OFFICER, "oldermoor",
           "Writes for Oldermoor. Has a draft that the rulebook stops.", "PCSO"),
    Person("Megan Hart", "07700 900103", Role.OFFICER, "brackenford",
           "Writes for Brackenford, another team. One tweet is due soon.", "PC"),
    Person("Ned Farrow", "07700 900104", Role.OFFICER, "brackenford",
           "Writes for Brackenford. One of his drafts was rejected.", "PC"),
    Person("Jo Penhallow", "07700 900105", Role.OFFICER, "saltmere-quay",
           "Writes for Saltmere Quay. One draft came back.", "PC"),
    Person("Devan Moorcroft", "07700 900106", Role.OFFICER, "kingsmarl",
           "Writes for Kingsmarl. The law stops one of his drafts.", "PC"),
    Person("Ines Calder", "07700 900107", Role.OFFICER, "foxhollow",
           "Writes for Foxhollow, where a critical incident is on.", "PC"),
    Person("Hal Sutter", "07700 900108", Role.OFFICER, "",
           "Writes for the roads team. One tweet expired, one missed its time.", "PC"),
    Person("Ben Stott", "07700 900109", Role.OFFICER, "oldermoor",
           "Has to confirm his mobile number before he can submit.", "PC", number_confirmed=False),
    Person("Laura Finch", "07700 900110", Role.OFFICER, "brackenford",
           "Hands her account over: the farewell tweet came back.", "PC"),
    Person("Dilys Marsh", "07700 900111", Role.LPT_SUPERVISOR, "oldermoor",
           "Looks over the drafts of the Oldermoor team.", "Sgt"),
    Person("Tom Okafor", "07700 900112", Role.LPT_COMMANDER, "oldermoor",
           "Commands the Oldermoor team and can hold all its tweets.", "Insp"),
    Person("Priya Nair", "07700 900113", Role.COMMS_APPROVER, "",
           "Approves. Starts with the review queue, oldest due first."),
    Person("Joe Halloran", "07700 900114", Role.COMMS_APPROVER, "",
           "Approves."),
    Person("Ruth Adeyemi", "07700 900115", Role.COMMS_DUTY, "",
           "On duty in communications. One tweet got no answer from the platform."),
    Person("Colin Bright", "07700 900116", Role.COMMS_ADMIN, "",
           "Keeps accounts and people. A request, a handover and a silent account wait for him."),
    Person("Helen Voss", "07700 900117", Role.POLICY_OWNER, "",
           "Keeps the rulebook. The version that she proposed waits for a second person."),
    Person("Sam Pettifer", "07700 900118", Role.POLICY_OWNER, "",
           "Keeps the rulebook too. Can try Helen's version on recent drafts and put it in force."),
]  # fmt: skip
TOUR = [
    Step("Callum Reeve",
         "Open the draft about car break-ins, take what the rulebook offers and submit it.",
         "/drafts/"),
    Step("Priya Nair",
         "Approve the first tweet that goes out “as soon as approved” and watch it appear on the"
         " practice timeline a minute later.",
         "/review/"),
    Step("Ruth Adeyemi",
         "Write a tweet, submit it, then look for it in the review queue: nobody approves their"
         " own.",
         "/write/"),
    Step("Ines Calder",
         "Try to submit a tweet while a critical incident is on in Foxhollow.",
         "/write/"),
    Step("Ruth Adeyemi",
         "Answer for the tweet that the platform left without a reply.",
         "/deliveries/"),
    Step("Sam Pettifer",
         "Try the version of the rulebook that Helen Voss proposed on recent drafts, then put it in"
         " force.",
         "/policy/desk/"),
]  # fmt: skip
