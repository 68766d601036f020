"""How soon the next draft is on screen after a decision: `make bench-review`.

A real Chromium, as wide as a phone, and a gunicorn on a real PostgreSQL in which drafts wait.
Prints one line of JSON: p50 and p95 in milliseconds from the key that approves to the moment at
which the heading of the next page is painted, for a draft that was opened and for one that is
decided on its card, and in the same run, in turn with them, from the press of Save in Django's
admin, with one field changed, to the painted list that it leads back to. To reach: 300 ms.
"""

import argparse
import json
import os
import statistics
import sys
from collections.abc import Callable
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from bench.lateness import running_servers
from bench.queue import Waiting, seed
from tests import browsers, servers
from tests.live import Live, live_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

# Wall time from the press, over all that follows, to the first frame that shows a heading.
CLOCK = """
const moment = () => performance.timeOrigin + performance.now()
addEventListener('keydown', (event) => {
  if (event.isTrusted) sessionStorage.setItem('pressed', moment())
}, true)
const look = () => requestAnimationFrame(() => {
  if (!document.querySelector('h1')) look()
  else setTimeout(() => { window.shown = moment() - Number(sessionStorage.getItem('pressed')) })
})
if (self === top) look()
"""
ROUND = 10
# No page approves within half a second: nobody has read it by then.
TO_READ = 600


class Desk:
    """A tab of the approver who decides."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        page.add_init_script(CLOCK)

    def decide(self) -> float:
        """Approve the open draft by its key."""
        return self._pressed("a")

    def decide_on_card(self) -> float:
        """Approve the first card by its key."""
        return self._pressed("a", first="k")

    def save_in_admin(self, address: str) -> float:
        """Change a word in Django's admin and save it from the keyboard."""
        self.page.goto(address)
        box = self.page.locator("#id_returned_reason")
        box.fill("Another word.")
        box.focus()
        return self._pressed("Enter")

    def _pressed(self, key: str, *, first: str = "") -> float:
        self.page.wait_for_load_state()
        self.page.wait_for_timeout(TO_READ)
        if first:
            self.page.keyboard.press(first)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        # Asked from outside: the pages let no script be made of words.
        while not (shown := self.page.evaluate("window.shown")):
            self.page.wait_for_timeout(10)
        return float(shown)


@contextmanager
def desk_of(waiting: Waiting, live: Live) -> "Iterator[Desk]":
    """A phone's browser in which that person is signed in, with single keys on."""
    from django.conf import settings
    from django.test import Client

    from tests.publishing import stage

    with stage.django_on(live.database_url):
        type(waiting.person).objects.filter(pk=waiting.person.pk).update(single_keys=True)
        client = Client()
        client.force_login(waiting.person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
    with sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        with browsers.visitor(browser, base_url=live.url, size=browsers.PHONE) as somebody:
            somebody.context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live.url}]
            )
            yield Desk(somebody.page())
            # The admin's pages have no icon, and the browser complains of it.
            somebody.complaints.clear()
        browser.close()


def measured(waiting: Waiting, live: Live, *, times: int) -> dict[str, list[float]]:
    """So many of each, in turn, after a round that only warms up; milliseconds."""
    found: dict[str, list[float]] = {"opened": [], "on_card": [], "admin": []}
    with desk_of(waiting, live) as desk:
        for turn in range(0, times + ROUND, ROUND):
            kept = found if turn else {name: [] for name in found}
            desk.page.goto("/review/")
            _repeat(desk.decide_on_card, kept["on_card"])
            desk.page.locator(".bl-card__link").first.click()
            _repeat(desk.decide, kept["opened"])
            key = desk.page.url.strip("/").split("/")[-1]
            address = f"/admin/drafts/draft/{key}/change/"
            _repeat(partial(desk.save_in_admin, address), kept["admin"])
    return found


def _repeat(act: Callable[[], float], into: list[float]) -> None:
    into.extend(act() for _ in range(ROUND))


def summary(times: list[float]) -> dict[str, float]:
    """p50 and p95 of milliseconds."""
    p95 = sorted(times)[int(len(times) * 0.95)]
    return {"p50": round(statistics.median(times)), "p95": round(p95), "n": len(times)}


def main() -> None:
    parser = argparse.ArgumentParser(description="How soon is the next draft on screen?")
    parser.add_argument("--times", type=int, default=60, help="of each, in rounds of 10")
    parser.add_argument("--drafts", type=int, default=1000, help="that wait")
    options = parser.parse_args()
    if options.drafts < 4 * options.times + 100:
        sys.exit("Let more drafts wait than are decided on: --drafts")
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "bench.review_settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        "BLUELAMP_KEPT": "600",
    }
    # Somebody who reads has a few approvals at a time that can still be stopped.
    with running_servers(), live_server(seed=False, BLUELAMP_STOP_WINDOW="5", **wanted()) as live:
        import django

        os.environ |= {"DATABASE_URL": live.database_url, "BLUELAMP_DATA": str(live.folder)}
        django.setup()
        from tests.publishing import stage

        with stage.django_on(live.database_url):
            waiting = seed(live.database_url, options.drafts)
        found = measured(waiting, live, times=options.times)
    print(json.dumps({name: summary(times) for name, times in found.items()}))  # noqa: T201


def wanted() -> dict[str, str]:
    """What the server is started with."""
    return {
        "DJANGO_SETTINGS_MODULE": "bench.review_settings",
        "BLUELAMP_KEPT": "600",
        "PYTHONPATH": str(servers.ROOT),
    }


if __name__ == "__main__":
    main()
