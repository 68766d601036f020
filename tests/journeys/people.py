"""What journeys do again and again."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import SocialAccount, User
from drafts.services import Writing, write
from drafts.services import submit as submit_draft
from tests.browsers import DESKTOP, Visitor, axe, visitor
from tests.publishing.fake_x import FakeX

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

# How wide the page is, and what reaches past its window.
REACHING = """(width) => [
    document.documentElement.scrollWidth,
    [...document.querySelectorAll("body *")]
        .filter((part) => part.getBoundingClientRect().right > width)
        .map((part) => part.outerHTML.slice(0, 160))
        .slice(-3),
]"""
# What holds more than it shows, but for what only a screen reader reads.
CUT = """() => [...document.querySelectorAll('body *')].filter((element) => {
  const { overflowX, textOverflow } = getComputedStyle(element)
  const hides = overflowX === 'hidden' || overflowX === 'clip' || textOverflow === 'ellipsis'
  // What is typed into a field scrolls there.
  if (element.matches('input, select')) return false
  return hides && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1
}).map((element) => element.outerHTML.slice(0, 120))"""

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


def handed_in_tweet(name: str, text: str) -> str:
    """`submitted_tweet` without a browser: Django has to be on the live database already."""
    author = User.objects.get(full_name__endswith=name)
    lpt = author.current_memberships[0].lpt
    account = SocialAccount.objects.filter(lpt=lpt).order_by("pk")[0]
    now = timezone.now()
    draft = write(Writing(text=text, account=account, category="meeting"), author=author, now=now)
    submit_draft(draft, actor=author, revision_number=draft.revision_number, answers={}, now=now)
    return draft.get_absolute_url()


def write_and_submit(page: Page, handle: str, text: str) -> None:
    page.goto("/write/")
    page.get_by_label("Account").select_option(label=f"@{handle}")
    type_tweet(page, text)
    submit(page)
    expect(page.get_by_text("Submitted.")).to_be_visible()


def approve_in_queue(page: Page, text: str) -> None:
    page.goto("/review/")
    card = page.get_by_role("article").filter(has_text=text)
    card.get_by_role("link").first.click()
    expect(page.get_by_role("button", name="Approve")).to_be_visible()
    here = page.url
    approve(page)
    expect(page).not_to_have_url(here)


def give_access(
    page: Page, x: FakeX, handle: str, *, screen: str, look: Callable[[Page], None]
) -> None:
    """Connect @`handle` while `screen` is signed in on X; `look` at each page on the way."""
    x.at_the_screen = screen
    line = page.locator(".bl-row", has_text=f"@{handle} ")
    line.get_by_role("link", name=re.compile("^Connect")).click()
    look(page)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Give access to @{handle}")
    look(page)
    page.get_by_role("button", name="Open X").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Connections")


def is_accessible(page: Page) -> None:
    faults = axe(page)
    assert not faults, f"{page.url}\n" + "\n".join(faults)


def fits(page: Page, size: tuple[int, int]) -> None:
    """Accessible, and nothing cut or to be scrolled to sideways; at a desk at 200 % zoom too."""
    is_accessible(page)
    is_whole(page, size[0])
    if size == DESKTOP:
        width, height = (side // 2 for side in DESKTOP)
        page.set_viewport_size({"width": width, "height": height})
        is_whole(page, width)
        page.set_viewport_size({"width": size[0], "height": size[1]})


def is_whole(page: Page, width: int) -> None:
    """Nothing makes the page scroll sideways, and nothing is cut; what does or is, is named."""
    wide, reaching = page.evaluate(REACHING, width)
    assert wide <= width, f"{page.url} is {wide} wide, not {width}: {reaching}"
    cut = page.evaluate(CUT)
    assert not cut, f"{page.url} at {width}: {cut}"
