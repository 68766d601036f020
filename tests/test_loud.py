"""A name that a template looks for in vain fails the test that drew it."""

from collections.abc import Iterator
from dataclasses import make_dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template import Context, Engine
from django.test import Client

from accounts import calling
from accounts.roles import Role
from tests import loud
from tests.factories import Scene

PERSON = SimpleNamespace(name="Asha", team=None)
CONTEXT = {
    "person": PERSON,
    "rows": [1],
    "none": None,
    "empty": "",
    "call": lambda number: number,
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose templates count as ours."""
    monkeypatch.setattr(loud, "TEMPLATES", tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def _what_was_heard_is_forgotten() -> Iterator[None]:
    yield
    loud.heard()


def drawn(folder: Path, source: str) -> str:
    (folder / "page.html").write_text(source, encoding="utf-8")
    engine = Engine(dirs=[str(folder)], string_if_invalid=loud.NOTHING)
    return engine.get_template("page.html").render(Context(CONTEXT))


class TestANameThatIsNotThere:
    @pytest.mark.parametrize(
        ("source", "name"),
        [
            ("{{ nobody }}", "nobody"),
            ("{{ person.nickname }}", "person.nickname"),
            ("{{ person.nickname.short }}", "person.nickname"),
            ("{{ rows.1 }}", "rows.1"),
            ("{% if nobody %}x{% endif %}", "nobody"),
            ("{% if not person.nickname %}{% endif %}", "person.nickname"),
            # What is raised inside `and`, `or` and `==` is swallowed by Django itself.
            ("{% if person.name and nobody %}x{% endif %}", "nobody"),
            ("{% if person.nickname == 'Asha' %}x{% endif %}", "person.nickname"),
            ("{% for row in nobody %}x{% endfor %}", "nobody"),
            ("{% with name=person.nickname %}{% endwith %}", "person.nickname"),
            ("{{ nobody|default:'' }}", "nobody"),
            ("{% if person.name|add:nobody %}{% endif %}", "nobody"),
            # Needs an argument, which a template cannot give.
            ("{{ call }}", "call"),
            ("{# May be missing: somebody #}{{ nobody }}", "nobody"),
        ],
    )
    def test_is_heard_though_nothing_is_drawn(self, folder: Path, source: str, name: str) -> None:
        assert drawn(folder, source) == ""
        (line,) = loud.heard()
        assert line.startswith(f"page.html has no {name} for ")
        assert loud.heard() == []

    def test_on_a_page_of_ours_is_heard(
        self, db: None, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The duty call list once called every number unconfirmed, because a name had changed."""
        scene = Scene()
        client.force_login(scene.person(Role.COMMS_DUTY))
        renamed = make_dataclass(
            "Entry", ["person", "roles", "confirmed", ("is_on_duty", bool, False)]
        )
        monkeypatch.setattr(calling, "Entry", renamed)
        assert client.get("/call-list/").status_code == 200
        (line,) = loud.heard()
        assert line == "accounts/call_list.html has no entry.is_confirmed for entry.is_confirmed"


class TestWhatMayBeMissing:
    @pytest.mark.parametrize(
        "source",
        [
            "{{ person.name }}{% for row in rows %}{{ row }}{% endfor %}",
            "{% if none or empty %}x{% endif %}",
            # Of a value that is None nothing can be told.
            "{{ person.team.name }}{{ none.name.short }}",
            "{# May be missing: nobody, person.nickname #}{{ nobody.name }}{{ person.nickname }}",
        ],
    )
    def test_is_not_heard(self, folder: Path, source: str) -> None:
        drawn(folder, source)
        assert loud.heard() == []

    def test_is_whatever_others_wrote(
        self, folder: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        assert drawn(tmp_path_factory.mktemp("theirs"), "{{ nobody }}") == ""
        assert loud.heard() == []
