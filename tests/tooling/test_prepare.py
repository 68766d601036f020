"""Preparing a machine: what it says when something is missing, and what it leaves behind."""

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.servers import ROOT
from tools import prepare

# Nobody listens at port 9 of the loopback address.
NOBODY = "http://127.0.0.1:9/"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone of what preparing reads, with nothing installed in it."""
    folder = tmp_path / "clone"
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    shutil.copytree(ROOT / "tools", folder / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Makefile", "package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(ROOT / name, folder / name)
    return folder


def run(clone: Path, what: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "tools/prepare.py", what],
        cwd=clone,
        # Without the settings of this machine, which may name other places to download from.
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(clone),
            "PIP_CONFIG_FILE": os.devnull,
            "npm_config_globalconfig": os.devnull,
            **environment,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def one_sentence(text: str) -> str:
    """The text, proved to be one line without a traceback."""
    assert text.count("\n") == 1, text
    return text.strip()


@pytest.fixture(autouse=True)
def _no_python_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHON", raising=False)


class TestWithoutPython:
    def test_make_says_what_to_install(self, clone: Path) -> None:
        bare = clone / "bin"
        bare.mkdir()
        make = shutil.which("make")
        assert make
        (bare / "sh").symlink_to(Path("/bin/sh").resolve())
        done = subprocess.run(
            [make, "run"],
            cwd=clone,
            env={"PATH": str(bare)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode != 0
        assert "Blue Lamp needs Python 3.11 or newer" in done.stderr
        assert "Traceback" not in done.stderr

    def test_an_old_python_alone_is_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = tmp_path / "python3"
        old.write_text("#!/bin/sh\necho old\n")
        old.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr(sys, "executable", str(old))
        with pytest.raises(prepare.Trouble, match=r"needs Python 3\.11 or newer.*PYTHON="):
            prepare.find_python()

    def test_a_newer_one_beside_it_is_found(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, answer in (("python3", "old"), ("python3.13", "able")):
            (tmp_path / name).write_text(f"#!/bin/sh\necho {answer}\n")
            (tmp_path / name).chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr(sys, "executable", str(tmp_path / "python3"))
        assert prepare.find_python() == str(tmp_path / "python3.13")

    def test_one_that_cannot_make_environments_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "python3").write_text("#!/bin/sh\necho no venv\n")
        (tmp_path / "python3").chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr(sys, "executable", "")
        with pytest.raises(prepare.Trouble, match="install the package python3-venv"):
            prepare.find_python()

    def test_the_script_itself_can_be_read_by_python_3_6(self) -> None:
        text = (ROOT / "tools" / "prepare.py").read_text()
        compile(text, "prepare.py", "exec", dont_inherit=True)
        # What Python 3.6 does not know, and ruff's oldest target (3.7) does.
        assert not re.search(r"from __future__|:=|capture_output|text=True|\bmatch \w+:", text)


class TestWithoutNetwork:
    def test_packages_that_cannot_be_downloaded_are_one_sentence(self, clone: Path) -> None:
        venv.create(clone / ".venv", with_pip=False, symlinks=True)
        # A pip that is there and finds nobody: the one that comes with Python, not unpacked anew.
        borrow_pip(clone / ".venv")
        done = run(clone, "run", PIP_INDEX_URL=NOBODY, PIP_RETRIES="0", PIP_NO_CACHE_DIR="1")
        assert done.returncode == 1
        said = one_sentence(done.stderr)
        assert said.startswith("The Python packages could not be downloaded: check the network")
        assert ".tools/log/pip.log" in said
        assert not list((clone / ".venv").glob(".installed*"))

    def test_front_end_parts_that_cannot_be_downloaded_are_one_sentence(self, clone: Path) -> None:
        if not shutil.which("npm"):
            pytest.skip("there is no npm here")
        pretend_installed(clone, "base")
        done = run(
            clone,
            "run",
            npm_config_registry=NOBODY,
            npm_config_fetch_retries="0",
            npm_config_cache=str(clone / "npm-cache"),
        )
        assert done.returncode == 1
        said = one_sentence(done.stderr)
        assert said.startswith("The front-end parts could not be downloaded: check the network")
        assert not (clone / "static" / "vendor").exists()

    def test_what_is_there_is_not_installed_again(self, clone: Path) -> None:
        pretend_installed(clone, "base")
        (clone / "static" / "vendor").mkdir(parents=True)
        wanted = prepare.fingerprint(clone / "package-lock.json", clone / "tools" / "prepare.py")
        (clone / "static" / "vendor" / ".made-from").write_text(wanted)
        done = run(clone, "run", PIP_INDEX_URL=NOBODY, npm_config_registry=NOBODY)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    def test_a_wrong_target_is_refused(self, clone: Path) -> None:
        done = run(clone, "everything")
        assert done.returncode == 2
        assert "Usage" in one_sentence(done.stderr)


def borrow_pip(environment: Path) -> None:
    """Let that environment use the pip of this one."""
    (theirs,) = (environment / "lib").glob("python*/site-packages")
    (ours,) = (Path(sys.prefix) / "lib").glob("python*/site-packages")
    (theirs / "pip").symlink_to(ours / "pip")


def pretend_installed(clone: Path, name: str) -> None:
    """Stamp the packages of requirements/<name>.txt as installed."""
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "bin" / "python").symlink_to(sys.executable)
    wanted = prepare.fingerprint(clone / "requirements" / f"{name}.txt")
    (clone / ".venv" / f".installed-{name}").write_text(wanted)


class TestFrontEnd:
    def test_what_only_gov_uk_may_use_is_left_out(self, tmp_path: Path) -> None:
        (tmp_path / "images").mkdir()
        css = (
            "@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff2)}"
            '.a{font-family:GDS Transport,arial,sans-serif}.b{font-family:"GDS Transport",arial}'
            ".c{background-image:url(/assets/images/govuk-crest.svg)}"
            "/*# sourceMappingURL=a.css.map */"
        )
        assert prepare.own_style(css, tmp_path, tmp_path) == (
            ".a{font-family:arial,sans-serif}.b{font-family:arial}.c{background-image:none}"
        )

    def test_an_icon_comes_along(self, tmp_path: Path) -> None:
        (tmp_path / "assets" / "images").mkdir(parents=True)
        (tmp_path / "images").mkdir()
        (tmp_path / "assets" / "images" / "icon-tick.svg").write_text("<svg/>")
        css = '.a{background:url("/assets/images/icon-tick.svg")}'
        style = prepare.own_style(css, tmp_path / "assets", tmp_path)
        assert style == ".a{background:url(images/icon-tick.svg)}"
        assert (tmp_path / "images" / "icon-tick.svg").exists()

    def test_an_unknown_picture_is_not_passed_over(self, tmp_path: Path) -> None:
        with pytest.raises(prepare.Trouble, match="teach own_style"):
            prepare.own_style(".a{background:url(/elsewhere/b.png)}", tmp_path, tmp_path)

    def test_every_file_a_style_sheet_names_is_there(self) -> None:
        vendor = ROOT / "static" / "vendor"
        sheets = sorted(vendor.glob("*.css"))
        assert [sheet.name for sheet in sheets] == [
            "govuk-frontend.min.css",
            "moj-frontend.min.css",
        ]
        for sheet in sheets:
            text = sheet.read_text()
            assert "GDS Transport" not in text
            assert "@font-face" not in text
            for name in re.findall(r"url\(([^)]+)\)", text):
                assert name.startswith("data:") or (vendor / name).is_file()


def pins(name: str) -> dict[str, str]:
    """The packages pinned in requirements/<name>.txt, each with its version and marker."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+(?: ; [^\\]+)?) \\$", text, re.MULTILINE))


class TestLocks:
    def test_the_tests_run_on_what_production_runs_on(self) -> None:
        base = pins("base")
        assert "django" in base
        assert base.items() <= pins("test").items()

    @pytest.mark.parametrize("name", ["base", "test", "node", "lock"])
    def test_every_package_has_a_hash_and_no_file_names_a_host(self, name: str) -> None:
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
        assert entries
        assert all("--hash=sha256:" in entry for entry in entries)
        assert "://" not in text

    @pytest.mark.parametrize("folder", [".", "tools/chromium", "tools/bluesky"])
    def test_npm_packages_are_pinned_by_their_content(self, folder: str) -> None:
        lock = json.loads((ROOT / folder / "package-lock.json").read_text())
        packages = {name: held for name, held in lock["packages"].items() if name}
        assert packages
        assert all(held["integrity"].startswith("sha512-") for held in packages.values())
        assert not any("resolved" in held for held in packages.values())


class TestMake:
    def test_alone_lists_every_target_with_a_line(self) -> None:
        done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
        declared = re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        listed = re.findall(r"^  make ([a-z-]+) +\S", done.stdout, re.MULTILINE)
        assert listed == declared
        assert {"run", "test", "check", "lock", "clean"} <= set(listed)
