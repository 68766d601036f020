"""Packs as files: what they may say, and how exactly a mistake is pointed out."""

from pathlib import Path

import pytest

from policy.core import Pack, PackError, Platform, Severity, Silence, load_packs, override_rule
from policy.core.rules.base import Param, ParamKind, Rule, params, tweets
from policy.core.rules.hashtags import TOO_MANY_HASHTAGS
from policy.core.toml_lines import Lines
from tests.policy.core.packs import NEUTRAL, PACKS, WEST_MIDLANDS

WHOLE = """\
id = "force"
name = "A force"
version = 3

[limits]
x = 140
mastodon = 500
bluesky = 300

[reporting]
non_emergency = "101"
emergency = "999"
page = "https://marlshire.example.org/report"

[naming]
pattern = "[A-Z][a-z]+MP"
example = "OldermoorMP"

[lists]
allowed_domains = ["Marlshire.example.org"]
jargon = ["RTC = crash"]

[rules.hashtags-max]
severity = "advise"
max = 2
citation = "catalogue"

[rules.protective-marking]
markings = ["(?i)for the team only"]

[rules.protective-marking.citation]
document = "Our own guidance"
section = "4.2"
paraphrase = "Keep marked papers to yourself."
requirements = ["B18"]

[silence]
team = 10
comms = 20
closing = 30

[categories.meeting]
label = "Meeting"
purpose = "To meet"
guess = ["surgery"]
off = ["hashtags-max"]
"""


def loaded(folder: Path, **files: str) -> dict[str, Pack]:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return load_packs(folder)


class TestTheShippedPacks:
    def test_are_three(self) -> None:
        assert sorted(PACKS) == ["neutral", "staffordshire", "west_midlands"]

    def test_have_todays_limits(self) -> None:
        for pack in PACKS.values():
            assert pack.limits == {Platform.X: 280, Platform.MASTODON: 500, Platform.BLUESKY: 300}

    def test_send_people_to_their_own_number(self) -> None:
        assert PACKS["staffordshire"].reporting.non_emergency == "101"
        assert WEST_MIDLANDS.reporting.non_emergency == "0345 113 5000"

    def test_allow_the_forces_own_site_besides_the_weather(self) -> None:
        assert WEST_MIDLANDS.allowed_domains == NEUTRAL.allowed_domains | {
            "west-midlands.police.uk"
        }

    def test_cite_their_own_document(self) -> None:
        cited = WEST_MIDLANDS.rules["hashtags-max"].citation
        assert cited.document.startswith("West Midlands")
        assert NEUTRAL.rules["hashtags-max"].citation == TOO_MANY_HASHTAGS.cites

    def test_know_every_sort_of_tweet(self) -> None:
        assert set(NEUTRAL.categories) == {
            *("meeting", "you-said-we-did", "advice", "traffic", "weather", "local-issue"),
            *("newsletter", "partner-event", "question", "stop-check", "arrest", "court-result"),
            *("missing-person", "farewell", "retweet", "reply", "other"),
        }


class TestAPackFile:
    def test_says_everything_about_a_force(self, tmp_path: Path) -> None:
        pack = loaded(tmp_path, force=WHOLE)["force"]
        assert (pack.id, pack.name, pack.version) == ("force", "A force", 3)
        assert pack.limits[Platform.X] == 140
        assert pack.allowed_domains == {"marlshire.example.org"}
        assert pack.lists["jargon"] == ("RTC = crash",)
        assert pack.rules["hashtags-max"].severity is Severity.ADVISE
        assert pack.rules["hashtags-max"].params == {"max": 2}
        assert pack.rules["protective-marking"].citation.section == "4.2"
        assert pack.rules["protective-marking"].severity is Severity.BLOCK
        assert pack.categories["meeting"].off == {"hashtags-max"}
        assert "tweet-length" not in pack.rules

    def test_may_extend_another(self, tmp_path: Path) -> None:
        child = """
id = "child"
name = "Child"
version = 1
extends = "force"
[limits]
x = 280
[lists]
allowed_domains = ["https://child.example.org/"]
[rules.hashtags-max]
max = 1
[categories.meeting]
label = "Surgery"
[categories.other]
label = "Other"
purpose = "Anything"
"""
        pack = loaded(tmp_path, force=WHOLE, child=child)["child"]
        assert pack.limits == {Platform.X: 280, Platform.MASTODON: 500, Platform.BLUESKY: 300}
        assert pack.allowed_domains == {"marlshire.example.org", "child.example.org"}
        assert pack.rules["hashtags-max"].params == {"max": 1}
        assert pack.rules["hashtags-max"].severity is Severity.ADVISE
        assert pack.rules["protective-marking"].params == {"markings": ("(?i)for the team only",)}
        assert pack.categories["meeting"].label == "Surgery"
        assert pack.categories["meeting"].purpose == "To meet"
        assert pack.categories["meeting"].off == {"hashtags-max"}
        assert pack.naming.example == "OldermoorMP"
        assert pack.silence == Silence(10, 20, 30)

    def test_is_read_in_any_order(self, tmp_path: Path) -> None:
        child = 'id = "{}"\nname = "N"\nversion = 1\nextends = "{}"\n'
        packs = loaded(
            tmp_path, a=child.format("a", "b"), b=child.format("b", "force"), force=WHOLE
        )
        assert packs["a"].limits == packs["force"].limits


REFUSALS = [
    ("x = 140", "x = 0", "line 6, limits.x: This must be a whole number, 1 or more."),
    ("x = 140", "x = true", "line 6, limits.x: This must be a whole number"),
    ("x = 140", 'x = "140"', "line 6, limits.x: This must be a whole number"),
    ("x = 140\n", "", "line 5, limits.x: This is missing."),
    ("x = 140", "x = 140\nfacebook = 9", "line 7, limits.facebook: There is no platform called"),
    ("x = 140", "x = ", "line 6: Invalid value"),
    ('id = "force"', 'id = "other"', "line 1, id: The id must be the name of the file"),
    ('name = "A force"', 'name = " "', "line 2, name: This must be a text that is not empty."),
    ('name = "A force"', "name = 3", "line 2, name: This must be a text that is not empty."),
    ('name = "A force"', 'colour = "blue"', "line 2, colour: There is no setting called “colour”."),
    ("version = 3", "", "line 1, version: This is missing."),
    ("version = 3", 'version = 3\nextends = "nobody"', "line 4, extends: There is no pack called"),
    ("version = 3", 'version = 3\nextends = "force"', "line 4, extends: These packs extend each"),
    ("https://marlshire", "marlshire", "line 13, reporting.page: This must be a web address"),
    ("emergency =", "police =", "line 11, reporting.non_police: There is no setting called"),
    ('"OldermoorMP"', '"Oldermoor"', "line 17, naming.example: The example does not fit"),
    ("[A-Z][a-z]+MP", "[A-Z", "line 16, naming.pattern: The pattern “[A-Z” does not work"),
    ("team = 10", "team = 0", "line 38, silence.team: This must be a whole number, 1 or more."),
    ("team = 10\n", "", "line 37, silence.team: This is missing."),
    ("comms = 20", "comms = 10", "line 39, silence.comms: Each step must come later than"),
    ("closing = 30", "closing = 20", "line 40, silence.closing: Each step must come later than"),
    ("closing = 30", "end = 30", "line 40, silence.end: There is no setting called “end”."),
    ("[naming]", "[names]", "line 15, names: There is no setting called “names”."),
    ("[naming]", "[[naming]]", "line 15, naming: This must be a table."),
    ('"Marlshire.example.org"', '"marlshire"', "line 20, lists.allowed_domains: “marlshire” is no"),
    ('["RTC = crash"]', '"RTC"', "line 21, lists.jargon: This must be a list of texts"),
    (
        '["RTC = crash"]',
        '["RTC = crash", 3]',
        "line 21, lists.jargon: This must be a list of texts",
    ),
    ('["RTC = crash"]', '[" "]', "line 21, lists.jargon: This must be a list of texts"),
    ('["RTC = crash"]', '["RTC"]', "line 21, lists.jargon: “RTC” must be a pair, like"),
    ("jargon", "slang", "line 21, lists.slang: There is no list called “slang”."),
    ("[rules.hashtags-max]", "[rules.hashtags]", "line 23, rules.hashtags: There is no rule"),
    ('"advise"', '"warn"', "line 24, rules.hashtags-max.severity: This must be one of off, advise"),
    ("max = 2", "max = -1", "line 25, rules.hashtags-max.max: This must be a whole number, 0"),
    ("max = 2", 'max = "2"', "line 25, rules.hashtags-max.max: This must be a whole number"),
    ("max = 2", "least = 2", "line 25, rules.hashtags-max.least: There is no setting of this rule"),
    ('citation = "catalogue"\n', "", "line 23, rules.hashtags-max.citation: A rule needs"),
    ('"catalogue"', '"somewhere"', "line 26, rules.hashtags-max.citation: This must be a table."),
    ("only", "only(", "line 29, rules.protective-marking.markings: The pattern"),
    (
        'section = "4.2"\n',
        "",
        "line 31, rules.protective-marking.citation.section: This is missing",
    ),
    ("section", "page", "line 33, rules.protective-marking.citation.page: There is no part"),
    ('purpose = "To meet"\n', "", "line 42, categories.meeting.purpose: This is missing."),
    ("label", "name", "line 43, categories.meeting.name: There is no part called “name”."),
    ('off = ["hashtags', 'off = ["tags', "line 46, categories.meeting.off: There is no rule"),
]


class TestAMistake:
    @pytest.mark.parametrize(("old", "new", "message"), REFUSALS)
    def test_is_named_with_file_line_and_key(
        self, tmp_path: Path, old: str, new: str, message: str
    ) -> None:
        assert WHOLE.count(old) >= 1
        with pytest.raises(PackError) as refusal:
            loaded(tmp_path, force=WHOLE.replace(old, new))
        assert str(refusal.value).startswith(f"force.toml, {message}")

    def test_at_the_end_of_the_file_has_the_last_line(self, tmp_path: Path) -> None:
        with pytest.raises(PackError, match=r"^force.toml, line 2: "):
            loaded(tmp_path, force='id = "force"\nname = "')

    def test_may_be_the_encoding(self, tmp_path: Path) -> None:
        (tmp_path / "force.toml").write_bytes(b"\xff\xfe")
        with pytest.raises(PackError, match=r"^force.toml, line 1: this is not UTF-8 text\.$"):
            load_packs(tmp_path)

    def test_may_be_a_circle(self, tmp_path: Path) -> None:
        file = 'id = "{}"\nname = "N"\nversion = 1\nextends = "{}"\n'
        with pytest.raises(PackError, match="line 4, extends: These packs extend each other"):
            loaded(tmp_path, a=file.format("a", "b"), b=file.format("b", "a"))

    def test_may_be_the_whole_file(self, tmp_path: Path) -> None:
        with pytest.raises(PackError, match=r"^force.toml, line 1, id: This is missing\.$"):
            loaded(tmp_path, force="")


class TestTheLines:
    def test_are_found_in_every_way_of_writing(self) -> None:
        lines = Lines(
            'a = 1\n"b c".d = 2\ntext = """\nx = 1\n"""\n[ t . "u.v" ]\nk = 1\n[[list]]\nz = 1\n'
        )
        assert lines.of(("a",)) == 1
        assert lines.of(("b c", "d")) == 2
        assert lines.of(("t", "u.v", "k")) == 7
        assert lines.of(("list", "z")) == 9
        assert lines.of(("x",)) == 1


class TestAnOverride:
    def test_changes_one_rule_of_a_new_pack(self) -> None:
        pack = override_rule(NEUTRAL, "hashtags-max", severity=Severity.ADVISE, max=5)
        assert pack.rules["hashtags-max"].severity is Severity.ADVISE
        assert pack.rules["hashtags-max"].params == {"max": 5}
        assert pack.rules["hashtags-max"].citation == TOO_MANY_HASHTAGS.cites
        assert NEUTRAL.rules["hashtags-max"].params == {"max": 3}

    def test_may_leave_the_weight_alone(self) -> None:
        pack = override_rule(NEUTRAL, "duty-times", phrases=("(?i)kettle is on",))
        assert pack.rules["duty-times"].severity is Severity.NEEDS_REASON
        assert pack.rules["duty-times"].params == {"phrases": ("(?i)kettle is on",)}

    def test_is_refused_for_an_unknown_rule(self) -> None:
        with pytest.raises(PackError, match="no rule called humour"):
            override_rule(NEUTRAL, "humour", severity=Severity.OFF)

    def test_is_refused_for_a_rule_that_the_pack_leaves_out(self, tmp_path: Path) -> None:
        pack = loaded(tmp_path, force=WHOLE)["force"]
        with pytest.raises(PackError, match="The pack force has no rule called tweet-length"):
            override_rule(pack, "tweet-length", severity=Severity.OFF)

    def test_is_refused_for_what_no_file_could_say(self) -> None:
        with pytest.raises(PackError, match="There is no setting of this rule called “least”"):
            override_rule(NEUTRAL, "hashtags-max", least=5)
        with pytest.raises(PackError, match="must be a whole number"):
            override_rule(NEUTRAL, "hashtags-max", max=("5",))
        with pytest.raises(PackError, match="does not work"):
            override_rule(NEUTRAL, "duty-times", phrases=("(",))


class TestAListOfWords:
    def test_is_a_parameter_like_any_other(self, tmp_path: Path) -> None:
        rule = Rule(
            id="hashtags-max",
            title="T",
            subject="S",
            severity=Severity.ADVISE,
            cites=TOO_MANY_HASHTAGS.cites,
            advice="A.",
            find=lambda _case: (),
            wrong=tweets("a"),
            right=tweets("b"),
            params=params(words=Param("Words", ParamKind.WORDS, ("(",))),
        )
        start = WHOLE.index("[rules.")
        file = (
            WHOLE[:start]
            + "[silence]\nteam = 10\ncomms = 20\nclosing = 30\n"
            + '[rules.hashtags-max]\ncitation = "catalogue"\nwords = ["drunk & disorderly"]\n'
        )
        (tmp_path / "force.toml").write_text(file, encoding="utf-8")
        pack = load_packs(tmp_path, (rule,))["force"]
        assert pack.rules["hashtags-max"].params == {"words": ("drunk & disorderly",)}
        # Signs would be passed over in silence, and a letter by itself is in every text.
        for wrong in ("*a", "(broken[", "a", "re:((", "--"):
            (tmp_path / "force.toml").write_text(
                file.replace("drunk & disorderly", wrong), encoding="utf-8"
            )
            with pytest.raises(PackError, match="must be a word or phrase"):
                load_packs(tmp_path, (rule,))


class TestAPack:
    def test_takes_further_entries_for_its_lists(self) -> None:
        pack = NEUTRAL.with_lists(
            allowed_domains=["https://Marlshire.example.org/x", "", "metoffice.gov.uk"],
            senior_accounts=[" ChiefMarlshire "],
        )
        assert pack.allowed_domains == NEUTRAL.allowed_domains | {"marlshire.example.org"}
        assert pack.lists["senior_accounts"] == ("ChiefMarlshire",)
        assert NEUTRAL.lists["senior_accounts"] == ()

    def test_refuses_a_list_that_packs_do_not_have(self) -> None:
        with pytest.raises(PackError, match="no list called colours"):
            NEUTRAL.with_lists(colours=["blue"])

    def test_may_have_another_version(self) -> None:
        assert NEUTRAL.with_version(7).version == 7
