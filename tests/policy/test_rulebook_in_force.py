"""Which rules a force has, since when, and how its people read them."""

import re
from functools import partial
from itertools import groupby
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import Error as DatabaseError
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from accounts.models import Force
from accounts.roles import Role
from policy import services
from policy.checks import packs_load
from policy.core import RULEBOOK, Severity
from policy.explaining import EXAMPLES, RuleEntry, rulebook_for
from policy.models import RulebookGeneration
from policy.services import generation, next_generation, pack_for
from tests.factories import ForceFactory, Scene, UserFactory
from tests.pages import Page
from tests.publishing.fixtures import postgres
from tests.races import at_once

__all__ = ["postgres"]


def force(**fields: object) -> Force:
    made: Force = ForceFactory.build(**fields)
    return made


class TestThePackOfAForce:
    @pytest.mark.parametrize("name", ["neutral", "staffordshire", "west_midlands"])
    def test_is_the_one_that_it_names(self, name: str) -> None:
        assert pack_for(force(policy_pack=name)).id == name

    def test_allows_its_own_site_and_its_partners(self) -> None:
        pack = pack_for(
            force(
                site="https://www.Marlshire.example.org/start",
                allowed_domains=["partner.example.net"],
            )
        )
        assert {"www.marlshire.example.org", "partner.example.net"} <= pack.allowed_domains
        assert "metoffice.gov.uk" in pack.allowed_domains

    def test_allows_nothing_for_a_site_that_is_none(self) -> None:
        assert (
            pack_for(force(site="")).allowed_domains == services.packs()["neutral"].allowed_domains
        )

    def test_of_one_force_is_not_that_of_another(self) -> None:
        one, two = force(), force()
        assert pack_for(one).allowed_domains != pack_for(two).allowed_domains


@pytest.mark.django_db
class TestTheGeneration:
    def test_begins_with_one_and_counts_up(self) -> None:
        assert generation() == 1
        next_generation()
        next_generation()
        assert generation() == 3
        assert str(RulebookGeneration.objects.get()) == "Generation 3"

    def test_is_one_row(self) -> None:
        generation()
        with pytest.raises(DatabaseError, match="one_rulebook_generation"), transaction.atomic():
            RulebookGeneration.objects.create(pk=2)


@pytest.mark.usefixtures("postgres")
class TestTheGenerationAtOnce:
    def test_counts_everybody(self) -> None:
        RulebookGeneration.objects.all().delete()

        def count() -> None:
            with transaction.atomic():
                next_generation()

        at_once(*[partial(count)] * 6)
        assert generation() == 7


def by_subject(entry: RuleEntry) -> str:
    return entry.subject


class TestTheEntries:
    def test_are_the_rules_that_are_on(self) -> None:
        pack = pack_for(force())
        on = {rule.id for rule in RULEBOOK if pack.rules[rule.id].severity != Severity.OFF}
        assert sorted(entry.id for entry in rulebook_for(force())) == sorted(on)

    def test_stand_by_subject_and_within_one_heaviest_first(self) -> None:
        subjects = [(s, list(group)) for s, group in groupby(rulebook_for(force()), by_subject)]
        names = [name for name, _ in subjects]
        assert len(set(names)) == len(names)
        assert names == list(dict.fromkeys(rule.subject for rule in RULEBOOK))
        for _, group in subjects:
            weights = [entry.severity.weight for entry in group]
            assert weights == sorted(weights, reverse=True)

    def test_say_of_every_wrong_example_why_it_is_wrong(self) -> None:
        examples = [example for entry in rulebook_for(force()) for example in entry.wrong]
        assert examples
        assert [example.text for example in examples if not example.note] == []

    def test_show_few_examples_and_none_that_is_wrong_and_right(self) -> None:
        for entry in rulebook_for(force()):
            assert 1 <= len(entry.wrong) <= EXAMPLES
            assert 1 <= len(entry.right) <= EXAMPLES
            assert not {e.text for e in entry.wrong if not e.note} & {e.text for e in entry.right}

    def test_cite_what_the_force_s_pack_cites(self) -> None:
        cited = {e.id: e.citation for e in rulebook_for(force(policy_pack="west_midlands"))}
        assert cited["hashtags-max"].document.startswith("West Midlands Police")

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("hashtags", "hashtags-max"),
            ("HASHTAGS", "hashtags-max"),
            ("tags community", "hashtags-max"),
            ("off duty", "duty-times"),
            ("tickets.example.com", "external-link"),
        ],
    )
    def test_are_found_by_what_they_say(self, query: str, found: str) -> None:
        assert found in {entry.id for entry in rulebook_for(force(), query=query)}

    @pytest.mark.parametrize("query", ["xylophone", "hashtags xylophone"])
    def test_must_say_every_word(self, query: str) -> None:
        assert rulebook_for(force(), query=query) == []


@pytest.mark.django_db
class TestThePage:
    @pytest.mark.parametrize("role", Role)
    def test_is_for_every_role(self, client: Client, role: Role) -> None:
        client.force_login(Scene().person(role))
        page = Page.of(client.get("/rulebook/"))
        assert "In force: Neutral, version 1." in page.main
        assert len(page.root.all("li", class_="bl-rule")) == len(rulebook_for(force()))

    def test_is_for_nobody_without_one(self, client: Client) -> None:
        client.force_login(UserFactory.create())
        assert client.get("/rulebook/").status_code == 403

    def test_shows_what_was_looked_for(self, client: Client) -> None:
        client.force_login(Scene().person())
        page = Page.of(client.get("/rulebook/", {"q": "  Hashtags  "}))
        assert page.root.one("input", name="q").attrs["value"] == "Hashtags"
        titles = [rule.one("h3").text for rule in page.root.all("li", class_="bl-rule")]
        assert "Too many hashtags" in titles

    @pytest.mark.parametrize("severity", [s for s in Severity if s.weight])
    def test_shows_the_rules_of_one_weight(self, client: Client, severity: Severity) -> None:
        scene = Scene()
        client.force_login(scene.person())
        page = Page.of(client.get("/rulebook/", {"weight": severity.value, "q": "the"}))
        expected = {
            rule.id for rule in rulebook_for(scene.force, query="the") if rule.severity is severity
        }
        assert {rule.attrs["id"] for rule in page.root.all("li", class_="bl-rule")} == expected
        tabs = page.root.one("nav", aria_label="Rules by weight")
        (current,) = tabs.all("a", aria_current="page")
        assert current.text.endswith(str(len(expected)))
        assert page.root.one("input", name="weight").attrs["value"] == severity.value

    def test_knows_no_other_weight(self, client: Client) -> None:
        client.force_login(Scene().person())
        assert client.get("/rulebook/", {"weight": "heavy"}).status_code == 404

    def test_shows_no_numbers_of_requirements(self, client: Client) -> None:
        client.force_login(Scene().person())
        page = Page.of(client.get("/rulebook/"))
        # Examples may speak of the A34; what is cited may not.
        cited = " ".join(cites.text for cites in page.root.all("p", class_="bl-rule__cites"))
        ids = {i for rule in RULEBOOK for i in rule.cites.requirements}
        assert cited
        assert not ids & set(re.findall(r"\b[A-Z]\d{1,2}\b", cited))

    @pytest.mark.parametrize(
        "query", ["<script>", "\u202exylophone", "x" * 5000, "' OR 1=1", "{{ 7 }}"]
    )
    def test_says_so_when_nothing_was_found(self, client: Client, query: str) -> None:
        client.force_login(Scene().person())
        page = Page.of(client.get("/rulebook/", {"q": query}))
        assert "No rule matches" in page.main
        assert page.root.one("input", name="q").attrs["value"] == query[:100]


class TestABrokenPack:
    @pytest.fixture(autouse=True)
    def _read_again(self) -> object:
        services.packs.cache_clear()
        yield
        services.packs.cache_clear()

    def test_stops_the_start_with_file_key_and_line(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        for path in settings.POLICY_PACKS.glob("*.toml"):
            (tmp_path / path.name).write_text(path.read_text())
        neutral = tmp_path / "neutral.toml"
        neutral.write_text(neutral.read_text().replace("max = 3", 'max = "three"'))
        settings.POLICY_PACKS = tmp_path
        (error,) = packs_load()
        assert error.id == "policy.E001"
        assert "neutral.toml" in error.msg
        assert "max" in error.msg
        with pytest.raises(SystemCheckError, match=r"policy\.E001"):
            call_command("check")

    def test_is_none_of_ours(self) -> None:
        assert packs_load() == []
