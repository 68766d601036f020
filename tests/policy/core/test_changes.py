"""What a force changes in its pack: read as strictly as a file, told in words, merged."""

from dataclasses import replace
from typing import Any

import pytest

from policy.core import Pack, PackError, Platform, Severity
from policy.core.changes import (
    SILENCE_SAID,
    Difference,
    changed,
    differences,
    digest,
    fitting,
    flatten,
    merged,
    nested,
    touched_rules,
)
from policy.core.pack import LISTS
from policy.core.registers import BY_NAME as REGISTER
from policy.core.registers import (
    REGISTERS,
    alike,
    check_entry,
    cost,
    entry_of,
    halves,
    shown,
)
from policy.core.rules import RULEBOOK
from tests.policy.core.packs import NEUTRAL, found

# Without entries but those that the tests speak of, whatever the packs come to hold.
BARE = replace(NEUTRAL, lists=dict.fromkeys(LISTS, ()) | {"allowed_domains": ("metoffice.gov.uk",)})
EVERYTHING: dict[str, Any] = {
    "rules": {
        "hashtags-max": {"severity": "advise", "params": {"max": 5}},
        "duty-times": {"params": {"phrases": ["(?i)kettle is on"]}},
    },
    "lists": {
        "allowed_domains": {"add": ["flood.example.org"], "remove": ["metoffice.gov.uk"]},
        "campaign_hashtags": {"add": ["WinterReady"]},
    },
    "limits": {"x": 140},
    "reporting": {"non_emergency": "0345 000 000"},
}


def refusal(changes: dict[str, Any], pack: Pack = NEUTRAL) -> tuple[str, str]:
    """The key and the sentence with which `changes` are refused."""
    with pytest.raises(PackError) as refused:
        changed(pack, changes)
    assert str(refused.value).endswith(f"{refused.value.key}: {refused.value.sentence}")
    return refused.value.key, refused.value.sentence


class TestAChangedPack:
    def test_has_every_change_and_leaves_the_file_s_pack_alone(self) -> None:
        before = NEUTRAL.lists["allowed_domains"]
        pack = changed(NEUTRAL, EVERYTHING)
        assert pack.rules["hashtags-max"].severity is Severity.ADVISE
        assert pack.rules["hashtags-max"].params["max"] == 5
        assert pack.rules["duty-times"].params["phrases"] == ("(?i)kettle is on",)
        assert pack.rules["duty-times"].severity is Severity.NEEDS_REASON
        assert "flood.example.org" in pack.allowed_domains
        assert "metoffice.gov.uk" not in pack.allowed_domains
        assert "WinterReady" in pack.lists["campaign_hashtags"]
        assert pack.limits == {**NEUTRAL.limits, Platform.X: 140}
        assert pack.reporting.non_emergency == "0345 000 000"
        assert pack.reporting.page == NEUTRAL.reporting.page
        assert NEUTRAL.lists["allowed_domains"] == before

    def test_checks_as_it_says(self) -> None:
        text = "Come along #One #Two #Three #Four"
        pack = changed(NEUTRAL, {"rules": {"hashtags-max": {"severity": "advise"}}})
        assert [f.severity for f in found(text, "hashtags-max")] == [Severity.BLOCK]
        assert [f.severity for f in found(text, "hashtags-max", pack)] == [Severity.ADVISE]

    def test_without_changes_is_the_same(self) -> None:
        assert changed(NEUTRAL, {}) == NEUTRAL

    def test_loses_an_entry_whatever_its_capitals(self) -> None:
        pack = BARE.with_lists(celebrity_accounts=["FamousSinger"])
        gone = changed(pack, {"lists": {"celebrity_accounts": {"remove": ["famoussinger"]}}})
        assert gone.lists["celebrity_accounts"] == ()

    def test_does_not_mind_that_an_entry_is_gone_already(self) -> None:
        assert changed(NEUTRAL, {"lists": {"places": {"remove": ["Nowhere"]}}}) == NEUTRAL


class TestAChangeThatNoFileCouldHold:
    @pytest.mark.parametrize(
        ("changes", "key", "sentence"),
        [
            ({"colours": {}}, "colours", "There is no setting called “colours”."),
            ({"rules": []}, "rules", "This must be a table."),
            (
                {"rules": {"humour": {"severity": "off"}}},
                "rules.humour",
                "There is no rule called “humour”.",
            ),
            ({"rules": {"hashtags-max": 5}}, "rules.hashtags-max", "This must be a table."),
            (
                {"rules": {"hashtags-max": {"weight": 1}}},
                "rules.hashtags-max.weight",
                "There is no setting of this rule called “weight”.",
            ),
            (
                {"rules": {"hashtags-max": {"params": {"least": 1}}}},
                "rules.hashtags-max.least",
                "There is no setting of this rule called “least”.",
            ),
            (
                {"rules": {"hashtags-max": {"params": {"max": "five"}}}},
                "rules.hashtags-max.max",
                "This must be a whole number, 0 or more.",
            ),
            (
                {"rules": {"hashtags-max": {"params": {"max": True}}}},
                "rules.hashtags-max.max",
                "This must be a whole number, 0 or more.",
            ),
            (
                {"rules": {"hashtags-max": {"severity": "heavy"}}},
                "rules.hashtags-max.severity",
                "This must be one of off, advise, needs-reason, block.",
            ),
            (
                {"lists": {"colours": {"add": ["blue"]}}},
                "lists.colours",
                "There is no list called “colours”.",
            ),
            (
                {"lists": {"places": {"add": [7]}}},
                "lists.places",
                "This must be a list of texts that are not empty.",
            ),
            (
                {"lists": {"places": {"put": ["Here"]}}},
                "lists.places",
                "There is no setting called “put”.",
            ),
            (
                {"lists": {"allowed_domains": {"add": ["not a site"]}}},
                "lists.allowed_domains",
                "“not a site” is no domain name.",
            ),
            (
                {"lists": {"protected_handles": {"add": ["Somebody"]}}},
                "lists.protected_handles",
                "People give their own accounts themselves. No version keeps them.",
            ),
            ({"limits": {"x": 0}}, "limits.x", "This must be a whole number, 1 or more."),
            (
                {"reporting": {"page": "here"}},
                "reporting.page",
                "This must be a web address with https://.",
            ),
        ],
    )
    def test_is_refused_in_a_sentence(
        self, changes: dict[str, Any], key: str, sentence: str
    ) -> None:
        assert refusal(changes) == (key, sentence)

    @pytest.mark.parametrize(
        "pattern", ["(", "[a", "*", "a{99999999999999999999}", "(" * 3000 + ")" * 3000]
    )
    def test_is_refused_for_a_pattern_that_does_not_compile(self, pattern: str) -> None:
        key, sentence = refusal({"rules": {"duty-times": {"params": {"phrases": [pattern]}}}})
        assert key == "rules.duty-times.phrases"
        assert sentence.startswith("The pattern “")

    def test_is_refused_where_the_law_stops(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from policy.core import changes as module

        rule = next(rule for rule in RULEBOOK if rule.id == "hashtags-max")
        monkeypatch.setattr(module, "_RULES", {rule.id: replace(rule, is_legal=True)})
        lighter = {"rules": {"hashtags-max": {"severity": "advise"}}}
        assert refusal(lighter)[1] == "The law stops this: its weight cannot be changed."
        changed(NEUTRAL, {"rules": {"hashtags-max": {"severity": "block", "params": {"max": 2}}}})


class TestFlatChanges:
    def test_lead_back(self) -> None:
        assert nested(flatten(EVERYTHING)) == EVERYTHING
        assert nested({}) == {}

    def test_give_one_digest_whatever_their_order(self) -> None:
        turned = dict(reversed(list(EVERYTHING.items())))
        assert digest(NEUTRAL, EVERYTHING) == digest(NEUTRAL, turned)
        assert digest(NEUTRAL, EVERYTHING) != digest(NEUTRAL, {})
        assert digest(NEUTRAL, {}) != digest(NEUTRAL.with_version(9), {})
        assert len(digest(NEUTRAL, {})) == 64

    def test_of_what_is_no_longer_there_are_left_out(self) -> None:
        old = {
            "rules": {
                "humour": {"severity": "off"},
                "hashtags-max": {"severity": "advise", "params": {"least": 1}},
            },
            "lists": {"colours": {"add": ["blue"]}, "places": {"add": [7]}},
            "limits": {"x": 140, "myspace": 500, "bluesky": 0},
        }
        kept = {"rules": {"hashtags-max": {"severity": "advise"}}, "limits": {"x": 140}}
        assert fitting(NEUTRAL, old) == kept
        assert fitting(NEUTRAL, EVERYTHING) == EVERYTHING


class TestTwoPeopleSChanges:
    BASE = {"rules": {"hashtags-max": {"params": {"max": 4}}}, "limits": {"x": 140}}

    def test_are_both_kept(self) -> None:
        mine = {**self.BASE, "lists": {"places": {"add": ["Saltmere"]}}}
        theirs = {**self.BASE, "rules": {"hashtags-max": {"params": {"max": 5}}}}
        assert merged(self.BASE, mine, theirs) == {
            "rules": {"hashtags-max": {"params": {"max": 5}}},
            "lists": {"places": {"add": ["Saltmere"]}},
            "limits": {"x": 140},
        }

    def test_of_one_thing_end_with_mine(self) -> None:
        mine = {**self.BASE, "limits": {"x": 200}}
        theirs = {**self.BASE, "limits": {"x": 250}}
        assert merged(self.BASE, mine, theirs)["limits"] == {"x": 200}

    def test_take_back_what_i_took_back(self) -> None:
        mine = {"rules": self.BASE["rules"]}
        assert merged(self.BASE, mine, self.BASE) == mine

    def test_take_an_entry_out_that_the_other_kept(self) -> None:
        base = {"lists": {"places": {"add": ["Here", "There"]}}}
        mine = {"lists": {"places": {"add": ["Here"]}}}
        theirs = {"lists": {"places": {"add": ["Here", "There", "Elsewhere"]}}}
        assert merged(base, mine, theirs)["lists"]["places"]["add"] == ["Elsewhere", "Here"]


class TestTheDifferences:
    def test_are_told_in_words(self) -> None:
        told = differences(NEUTRAL, changed(NEUTRAL, EVERYTHING))
        assert (
            Difference("Too many hashtags", "Stops submission", "Advice", rule="hashtags-max")
            in told
        )
        assert (
            Difference("Allowed websites", "", "flood.example.org", register="allowed_domains")
            in told
        )
        assert (
            Difference("Allowed websites", "metoffice.gov.uk", "", register="allowed_domains")
            in told
        )
        assert Difference("Longest tweet on X", "280", "140") in told
        assert (
            Difference("Campaign hashtags", "", "#WinterReady", register="campaign_hashtags")
            in told
        )
        assert ("3", "5") in {(d.was, d.now) for d in told}
        assert ("none", "(?i)kettle is on") in {(d.was, d.now) for d in told}
        assert len(told) == 8

    def test_tell_how_long_a_silence_may_be(self) -> None:
        step, title = next(iter(SILENCE_SAID.items()))
        days = getattr(NEUTRAL.silence, step)
        (told,) = differences(NEUTRAL, changed(NEUTRAL, {"silence": {step: days + 1}}))
        assert told == Difference(title, str(days), str(days + 1))

    def test_are_none_between_equals(self) -> None:
        assert differences(NEUTRAL, NEUTRAL.with_version(8)) == ()

    def test_never_tell_a_personal_account(self) -> None:
        assert differences(NEUTRAL, NEUTRAL.with_lists(protected_handles=["Somebody"])) == ()

    def test_touch_one_rule_or_all(self) -> None:
        one = changed(NEUTRAL, {"rules": {"hashtags-max": {"params": {"max": 1}}}})
        assert touched_rules(NEUTRAL, one) == {"hashtags-max"}
        listed = changed(NEUTRAL, {"lists": {"places": {"add": ["Saltmere"]}}})
        assert touched_rules(NEUTRAL, listed) == set(NEUTRAL.rules)
        assert touched_rules(NEUTRAL, NEUTRAL) == set()


class TestEveryList:
    def test_is_told_in_words(self) -> None:
        assert {register.name for register in REGISTERS} == set(LISTS)

    @pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
    def test_takes_its_own_example(self, register: Any) -> None:
        right = {"partner_accounts": "@MarlshireFire", "jargon": "crash"}.get(register.name, "")
        entry = entry_of(register, register.example, right)
        check_entry(BARE, register.name, entry)
        added = BARE.with_lists(**{register.name: [entry]})
        with pytest.raises(PackError, match="already"):
            check_entry(added, register.name, entry.upper() if "." not in entry else entry)


def no_entry(name: str, left: str, right: str = "", pack: Pack = BARE) -> str:
    with pytest.raises(PackError) as refused:
        check_entry(pack, name, entry_of(REGISTER[name], left, right))
    assert refused.value.key == f"lists.{name}"
    return refused.value.sentence


class TestAnEntry:
    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("", "Type the website first."),
            ("flood", "“flood” is no website. Write it like flood.example.org."),
            ("two words.example.org", "is no website"),
            ("bit.ly", "bit.ly hides where a link leads, so it cannot be allowed."),
            ("co.uk", "would allow every site that ends in it"),
            ("police.uk", "would allow every site that ends in it"),
            ("metoffice.gov.uk", "is in this list already"),
            ("https://weather.metoffice.gov.uk/today", "is allowed already"),
            (f"{'a' * 90}.example.org", "Keep it to 80 characters."),
        ],
    )
    def test_of_websites_must_be_one(self, typed: str, sentence: str) -> None:
        assert sentence in no_entry("allowed_domains", typed)

    def test_of_websites_may_be_pasted_from_the_browser(self) -> None:
        entry = entry_of(REGISTER["allowed_domains"], "https://Flood.example.org/news?x=1")
        check_entry(BARE, "allowed_domains", entry)
        assert entry == "flood.example.org"

    @pytest.mark.parametrize("typed", ["two words", "x" * 16, "a-b", "é", "name@example.org"])
    def test_of_accounts_must_be_one(self, typed: str) -> None:
        assert "is no account" in no_entry("celebrity_accounts", typed)

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("#123", "is no hashtag"),
            ("two words", "is no hashtag"),
            ("Winter-Ready", "is no hashtag"),
            ("a" * 21, "has 21 letters. Keep a hashtag to 20."),
            ("#oldermoor", "is in the list “Area hashtags” already"),
        ],
    )
    def test_of_hashtags_must_be_one_of_its_own(self, typed: str, sentence: str) -> None:
        pack = BARE.with_lists(area_hashtags=["Oldermoor"])
        assert sentence in no_entry("campaign_hashtags", typed, pack=pack)

    @pytest.mark.parametrize(
        ("left", "right", "sentence"),
        [
            ("", "crash", "Fill in “What officers write”."),
            ("RTC", "", "Fill in “What to say instead”."),
            ("RTC", "rtc", "Both sides are the same."),
            ("RTC", "a = b", "Leave out the sign =."),
            ("rta", "crash", "“rta” is in this list already. Take the old entry out first."),
        ],
    )
    def test_of_jargon_must_have_both_sides(self, left: str, right: str, sentence: str) -> None:
        pack = BARE.with_lists(jargon=["RTA = collision"])
        assert no_entry("jargon", left, right, pack) == sentence

    def test_of_partners_stands_there_once(self) -> None:
        pack = BARE.with_lists(partner_accounts=["Fire service = MarlshireFire"])
        said = no_entry("partner_accounts", "fire service", "MarlshireRescue", pack)
        assert said == "“fire service” is in this list already. Take the old entry out first."

    def test_of_partners_must_lead_to_an_account(self) -> None:
        assert "is no account" in no_entry("partner_accounts", "Marlshire Fire", "fire service")

    @pytest.mark.parametrize("typed", ["x", "12", "Salt\nmere", "Salt\u200bmere", "\u202eerem"])
    def test_of_places_must_be_a_name_in_one_line(self, typed: str) -> None:
        assert no_entry("places", typed)

    def test_is_shown_as_people_write_it(self) -> None:
        assert shown(REGISTER["senior_accounts"], "Chief") == "@Chief"
        assert shown(REGISTER["area_hashtags"], "Oldermoor") == "#Oldermoor"
        assert shown(REGISTER["jargon"], "RTC = crash") == "RTC → crash"
        assert shown(REGISTER["partner_accounts"], "Fire = MarlFire") == "Fire → @MarlFire"
        assert shown(REGISTER["places"], "Saltmere") == "Saltmere"
        assert halves("RTC = crash") == ("RTC", "crash")


class TestAHashtag:
    def test_costs_its_sign_its_letters_and_a_space(self) -> None:
        assert cost("WinterReady") == 13
        assert cost("Ffynnon") == 9

    def test_may_be_easily_mixed_up(self) -> None:
        tags = ["Winter", "WinterReady", "winterready", "Summer", "WinterReady26"]
        assert alike("WinterReady", tags) == ("Winter", "WinterReady26")
