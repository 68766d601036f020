"""A real browser for the tests: what finds it, starts it and listens to what it complains of."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

ROOT = Path(__file__).resolve().parent.parent
DESKTOP = (1280, 900)
PHONE = (390, 844)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    # Nothing but this machine can be looked up.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`securitypolicyviolation: ${event.violatedDirective} ${event.blockedURI}`);
});
"""


def find_chromium() -> str:
    """The path of the Chromium that `make test` found or fetched."""
    from tools.prepare import find_chromium as prepared

    path = prepared()
    if path is None:
        message = "No Chromium here: run make test, which finds or fetches one."
        raise FileNotFoundError(message)
    return path


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium that talks to this machine alone."""
    return playwright.chromium.launch(
        executable_path=find_chromium(),
        args=FLAGS,
        # Chromium keeps its own files apart from the person's.
        env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": "disabled:"},
    )


@dataclass
class Visitor:
    """Somebody at a screen of their own: one browser context, so one set of cookies.

    `complaints` collects what no page may cause: refusals of the content security policy,
    errors on the console, errors thrown by scripts.
    """

    browser: Browser
    base_url: str | None = None
    size: tuple[int, int] = DESKTOP
    javascript: bool = True
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        width, height = self.size
        self.context: BrowserContext = self.browser.new_context(
            base_url=self.base_url,
            viewport={"width": width, "height": height},
            has_touch=self.size == PHONE,
            java_script_enabled=self.javascript,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        self.context.set_default_timeout(10_000)
        self.context.add_init_script(REPORT_VIOLATIONS)
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _heard(self, message: Any) -> None:
        if message.type == "error":
            where = message.location.get("url", "")
            self.complaints.append(f"{message.text} ({where})")

    def page(self) -> Page:
        """A new tab."""
        return self.context.new_page()


@contextmanager
def visitor(browser: Browser, **wishes: Any) -> Iterator[Visitor]:
    """A Visitor whose pages may cause no complaint: raises AssertionError at the end if any did.

    A test that causes one on purpose empties the list itself: `visitor.complaints.clear()`.
    """
    somebody = Visitor(browser, **wishes)
    try:
        yield somebody
        # A message of its own: pytest explains asserts only in the tests themselves.
        assert not somebody.complaints, "\n".join(somebody.complaints)
    finally:
        somebody.context.close()


def axe(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA on the page as it stands: a sentence for each fault."""
    page.evaluate(AXE_SCRIPT)
    options = json.dumps(
        {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
    )
    found = page.evaluate(f"axe.run(document, {options})")
    return [
        f"{fault['id']} ({fault['impact']}): {fault['help']}: {node['html'][:200]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
