"""The container files say what the documentation says, told by reading them: no engine needed."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from publishing.backends.base import Publisher
from tests.servers import ROOT, free_port
from tools import health, serve

CHECK = ["python", "manage.py", "check", "--deploy"]
SECRETS = ("SECRET_KEY", "AUDIT_KEY", "POSTGRES_PASSWORD")


def instructions(text: str) -> list[tuple[str, str]]:
    """A Dockerfile's instructions in order, each with its arguments on one line."""
    without_comments = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)
    joined = re.sub(r"\\\n\s*", "", without_comments)
    found = []
    for line in filter(None, map(str.strip, joined.splitlines())):
        word, _, rest = line.partition(" ")
        found.append((word.upper(), rest.strip()))
    return found


DOCKERFILE = instructions((ROOT / "Dockerfile").read_text())
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def last(word: str) -> str:
    return [rest for instruction, rest in DOCKERFILE if instruction == word][-1]


def argv(name: str) -> list[str]:
    """The command line of a service, its image's where it names none."""
    command = SERVICES[name].get("command") or json.loads(last("CMD"))
    return [str(word) for word in command]


def steps(name: str) -> list[list[str]]:
    """The commands that a service runs one after the other, each if the one before it worked."""
    shell, flag, script = argv(name)
    assert (shell, flag) == ("sh", "-c")
    return [shlex.split(step) for step in script.split(" && ")]


def option(command: list[str], name: str) -> str | None:
    """The value of --name, written with a space or an equals sign."""
    for place, word in enumerate(command):
        if word == name:
            return command[place + 1]
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
    return None


class TestDockerfile:
    def test_builds_in_stages_and_keeps_the_tools_out(self) -> None:
        stages = [rest.split()[0] for word, rest in DOCKERFILE if word == "FROM"]
        assert stages == ["node:22-slim", "python:3.11-slim", "python:3.11-slim"]

    def test_installs_only_what_has_a_pinned_hash(self) -> None:
        installs = [rest for word, rest in DOCKERFILE if word == "RUN" and "install -" in rest]
        assert any("--require-hashes --requirement requirements/base.txt" in i for i in installs)
        assert ("RUN", "npm ci --ignore-scripts --omit=peer") in DOCKERFILE

    def test_runs_as_somebody_without_rights(self) -> None:
        words = [word for word, _ in DOCKERFILE]
        assert last("USER") == "bluelamp"
        assert words.index("USER") > len(words) - 1 - words[::-1].index("COPY")

    def test_serves_production_and_looks_after_its_health(self) -> None:
        assert "DJANGO_SETTINGS_MODULE=config.settings.production" in last("ENV")
        assert last("HEALTHCHECK").endswith('CMD ["python", "-m", "tools.health"]')

    def test_leaves_secrets_and_data_outside(self) -> None:
        ignored = (ROOT / ".dockerignore").read_text().split("\n")
        assert {".env*", ".git", "var", "node_modules", "static/vendor", ".venv"} <= set(ignored)

    def test_the_static_files_can_be_collected_as_it_says(self, tmp_path: Path) -> None:
        # The very command of the Dockerfile, run in a copy of the tree.
        skipped = shutil.ignore_patterns(".*", "node_modules", "var", "tests", "__pycache__")
        tree = tmp_path / "app"
        shutil.copytree(ROOT, tree, ignore=skipped)
        (command,) = [rest for _, rest in DOCKERFILE if "collectstatic" in rest]
        words = shlex.split(command)
        settings = dict(word.split("=", 1) for word in words if re.match(r"[A-Z_]+=", word))
        settings["BLUELAMP_DATA"] = str(tmp_path / "data")
        done = subprocess.run(
            [sys.executable, *words[words.index("manage.py") :]],
            cwd=tree,
            env={**os.environ, **settings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        manifest = json.loads((tree / "staticfiles" / "staticfiles.json").read_text())
        assert "vendor/govuk-frontend.min.css" in manifest["paths"]


class TestCompose:
    def test_runs_the_documented_processes(self) -> None:
        assert set(SERVICES) == {"postgres", "redis", "migrate", "web", "worker", "beat"}
        assert steps("migrate")[0][:3] == ["python", "manage.py", "migrate"]

    def test_looks_at_the_settings_in_the_step_that_everything_waits_for(self) -> None:
        _, check = steps("migrate")
        assert check == ["exec", *CHECK, "--database", "default"]

    def test_finds_nothing_to_warn_of_in_the_documented_settings(self) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "BLUELAMP_DATA") if name in os.environ}
        production = {"DJANGO_SETTINGS_MODULE": "config.settings.production"}
        done = subprocess.run(
            [sys.executable, *CHECK[1:], "--fail-level", "WARNING"],
            cwd=ROOT,
            env={**kept, **SAFE, **production},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def test_web_is_served_as_in_the_demonstration(self) -> None:
        ours, theirs = serve.commands(8000)["web"][2:], argv("web")
        assert theirs[:2] == ours[:2] == ["gunicorn", "config.wsgi"]
        for name in ("--worker-class", "--threads", "--workers"):
            assert option(theirs, name) == option(ours, name)

    @pytest.mark.parametrize("name", ["worker", "beat"])
    def test_celery_runs_as_in_the_demonstration(self, name: str) -> None:
        assert argv(name) == serve.commands(8000)[name][2:]

    def test_beat_is_never_inside_a_worker(self) -> None:
        assert not {"-B", "--beat"} & set(argv("worker"))
        assert "--pool=threads" in argv("worker")

    def test_everything_waits_for_the_migration(self) -> None:
        for name in ("web", "worker", "beat"):
            waits = SERVICES[name]["depends_on"]
            assert waits["migrate"]["condition"] == "service_completed_successfully"
            assert (
                waits["postgres"]["condition"] == waits["redis"]["condition"] == ("service_healthy")
            )
        assert SERVICES["migrate"]["restart"] == "no"

    def test_holds_no_secret_and_says_what_is_missing(self) -> None:
        text = (ROOT / "docker-compose.yml").read_text()
        for name in SECRETS:
            assert re.search(rf"\$\{{{name}:\?set {name} to ", text)
        for service in SERVICES.values():
            for name, value in service.get("environment", {}).items():
                if re.search("KEY|PASSWORD", name):
                    assert re.fullmatch(r"\$\{\w+(:[?-].*)?\}", value), name

    def test_nothing_but_the_web_server_is_open_and_that_on_this_machine_alone(self) -> None:
        assert {name for name, service in SERVICES.items() if "ports" in service} == {"web"}
        assert SERVICES["web"]["ports"] == ["127.0.0.1:${PORT:-8000}:8000"]
        assert COMPOSE["networks"]["inside"]["internal"] is True
        for name in ("postgres", "redis"):
            assert SERVICES[name]["networks"] == ["inside"]
            assert "healthcheck" in SERVICES[name]

    def test_several_workers_and_two_beats_share_the_work(self) -> None:
        assert SERVICES["worker"]["deploy"]["replicas"] >= 2
        assert SERVICES["beat"]["deploy"]["replicas"] == 2
        # A worker finishes what it has handed over before it is killed.
        seconds = int(SERVICES["worker"]["stop_grace_period"].removesuffix("s"))
        assert seconds > Publisher.DEADLINE

    def test_the_dispatchers_are_asked_about_where_it_is_known(self) -> None:
        for name in ("worker", "beat"):
            assert SERVICES[name]["healthcheck"]["test"][1:] == [
                *("python", "-m", "tools.health", "/readyz", "web"),
            ]

    def test_every_setting_of_production_is_there_and_described(self) -> None:
        asked = settings_read()
        assert {"SECRET_KEY", "PUBLISHERS", "X_URL", "METRICS_TOKEN"} <= asked
        given = set(SERVICES["web"]["environment"])
        assert given <= asked, "Set, and read by nobody."
        assert asked - given == REFUSED
        described = (ROOT / "docs" / "operating.md").read_text()
        assert {name for name in given if f"`{name}`" not in described} == {"PRACTICE_PUBLISHER"}
        assert "`PRACTICE_PUBLISHER=1`" in described

    def test_every_process_has_the_same_settings(self) -> None:
        for name in ("migrate", "worker", "beat"):
            assert SERVICES[name]["environment"] == SERVICES["web"]["environment"]

    def test_production_starts_with_what_is_left_out(self) -> None:
        """Every optional setting is handed on empty where .env does not name it."""
        environment = {}
        for name, value in SERVICES["web"]["environment"].items():
            default = re.fullmatch(r"\$\{\w+:-(.*)\}", value)
            environment[name] = default.group(1) if default else ""
        assert settings_read(**(environment | SAFE)) >= set(environment)


# Switches that exist only so that production can refuse to start with them.
REFUSED = {
    *("DJANGO_DEBUG", "CELERY_TASK_ALWAYS_EAGER", "CELERY_WORKER_POOL", "SECURE_COOKIES"),
    "SECOND_FACTOR",
}
SAFE = {
    "SECRET_KEY": "one of the two keys, longer than fifty characters in all",
    "AUDIT_KEY": "the other one of the keys, also longer than fifty characters",
    "ALLOWED_HOSTS": "bluelamp.force.example",
    "DATABASE_URL": "postgresql://nobody@localhost/nothing",
    "REDIS_URL": "redis://localhost",
    "PRACTICE_PUBLISHER": "1",
}
# Prints the names that the production settings ask their environment for.
RECORDER = """
import json, os, sys
asked, get = set(), os.environ.get
def note(name, *default):
    if sys._getframe(1).f_globals["__name__"] in ("config.settings.production", "config.oidc"):
        asked.add(name)
    return get(name, *default)
os.environ.get = note
import config.settings.production
print(json.dumps(sorted(asked)))
"""


def settings_read(**environment: str) -> set[str]:
    """What production reads from an environment with which it starts."""
    kept = {name: os.environ[name] for name in ("PATH", "BLUELAMP_DATA") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", RECORDER],
        cwd=ROOT,
        env={**kept, **(environment or SAFE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


class Proxied(BaseHTTPRequestHandler):
    """Answers as production does: for its own host alone, and over HTTPS."""

    def do_GET(self) -> None:
        right = (self.headers["Host"], self.headers["X-Forwarded-Proto"], self.path) == (
            "bluelamp.force.example",
            "https",
            self.server.path,  # type: ignore[attr-defined]
        )
        self.send_response(200 if right else 400)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


class TestHealth:
    def test_asks_as_the_proxy_would(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with ThreadingHTTPServer(("127.0.0.1", 0), Proxied) as server:
            server.path = "/healthz"  # type: ignore[attr-defined]
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            monkeypatch.setenv("PORT", str(server.server_port))
            monkeypatch.setenv("ALLOWED_HOSTS", "bluelamp.force.example, other.force.example")
            assert health.main() == 0
            monkeypatch.setenv("ALLOWED_HOSTS", "other.force.example")
            assert health.main() == 1
            monkeypatch.setenv("ALLOWED_HOSTS", "bluelamp.force.example")
            assert health.main("/readyz", "localhost") == 1
            server.path = "/readyz"  # type: ignore[attr-defined]
            assert health.main("/readyz", "localhost") == 0
            server.shutdown()

    def test_nobody_there_is_not_healthy(self) -> None:
        assert not health.healthy("localhost", free_port())
