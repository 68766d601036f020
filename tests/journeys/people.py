"""What journeys do again and again."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

from tests.browsers import DESKTOP, Visitor, axe, visitor

ASHA, CALLUM, MEGAN, INES, BEN = (
    "Asha Tindall",
    "Callum Reeve",
    "Megan Hart",
    "Ines Calder",
    "Ben Stott",
)
PRIYA, JOE, RUTH, COLIN, HELEN = (
    "Priya Nair",
    "Joe Halloran",
    "Ruth Adeyemi",
    "Colin Bright",
    "Helen Voss",
)
DILYS, TOM = "Dilys Marsh", "Tom Okafor"

# A form that is answered with its errors is a 422, a stale one a 409, an ended session 401 or 419.
# Chromium logs each as a failed resource, which is no fault of the page.
ANSWERED = re.compile(
    r"the server responded with a status of (401|403|404|409|419|422)\b"
    # htmx logs a check that a newer one replaced.
    r"|^htmx:(afterRequest|sendAbort), "
)


@contextmanager
def person(
    browser: Browser,
    url: str,
    name: str = "",
    *,
    size: tuple[int, int] = DESKTOP,
    javascript: bool = True,
) -> Iterator[Page]:
    """A tab of somebody who is signed in. Fails at the end if a page caused a complaint."""
    with visitor(browser, base_url=url, size=size, javascript=javascript) as somebody:
        page = somebody.page()
        if name:
            sign_in(page, name)
        yield page
        forgive_answers(somebody)


def forgive_answers(somebody: Visitor) -> None:
    somebody.complaints[:] = [said for said in somebody.complaints if not ANSWERED.search(said)]


def sign_in(page: Page, name: str) -> None:
    page.goto("/")
    page.get_by_role("button", name=re.compile(f"^Sign in as .*{name}$")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My desk")


def type_tweet(page: Page, text: str) -> None:
    """Type into an open Write page and wait until the rulebook has looked at it."""
    with page.expect_response(lambda answer: answer.url.endswith("/write/check/")):
        page.get_by_label("Your tweet").fill(text)
    expect(page.locator("#check [data-verdict]")).not_to_contain_text("Start writing")


def submit(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Submit")).click()


def approve(page: Page) -> None:
    """Press Approve as somebody who has read the tweet: not within half a second."""
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Approve").click()


def submitted_tweet(browser: Browser, url: str, name: str, text: str) -> str:
    """Have somebody write and submit `text`; return the path of the draft's page."""
    with person(browser, url, name) as page:
        page.goto("/write/")
        type_tweet(page, text)
        submit(page)
        expect(page.get_by_text("Submitted.")).to_be_visible()
        return page.url.removeprefix(url)


def is_accessible(page: Page) -> None:
    faults = axe(page)
    assert not faults, f"{page.url}\n" + "\n".join(faults)


def fits(page: Page) -> None:
    """Nothing makes the page scroll sideways; what does is named."""
    window = (page.viewport_size or {"width": 0})["width"]
    wide, reaching = page.evaluate(
        """(window) => [
            document.documentElement.scrollWidth,
            [...document.querySelectorAll("body *")]
                .filter((part) => part.getBoundingClientRect().right > window)
                .map((part) => part.outerHTML.slice(0, 160))
                .slice(-3),
        ]""",
        window,
    )
    assert wide <= window, f"{page.url} is {wide} wide, not {window}: {reaching}"
