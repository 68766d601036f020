"""The browser of the tests sees what it is there to see: a planted fault is found."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, Page

from tests import browsers

GOOD = (
    "<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1>"
    "<p>Words in black on white.</p></main></html>"
)
PAGES = {
    "/favicon.ico": "a picture",
    "/good": GOOD,
    "/grey": GOOD.replace("<p>", "<p class=grey>").replace(
        "<main>", "<link rel=stylesheet href=/grey.css><main>"
    ),
    "/grey.css": ".grey{color:#bbb;background:#fff}",
    "/inline": GOOD.replace("<main>", "<script>document.title = 'changed'</script><main>"),
    "/throws": GOOD.replace("<main>", "<script src=/throws.js></script><main>"),
    "/throws.js": "throw new Error('planted')",
    "/plain": GOOD.replace("<main>", "<script src=/hide.js></script><main>"),
    "/hide.js": "document.title = 'changed by a script'",
}


class Planted(BaseHTTPRequestHandler):
    types: ClassVar = {"css": "text/css", "js": "text/javascript"}

    def do_GET(self) -> None:
        body = PAGES.get(self.path, "gone").encode()
        self.send_response(404 if body == b"gone" else 200)
        kind = self.types.get(self.path.rpartition(".")[2], "text/html")
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def planted() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Planted)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def base_url(planted: str) -> str:
    return planted


class TestPage:
    def test_is_as_wide_as_a_desk_or_a_phone(self, page: Page, phone: Page) -> None:
        for tab, width in ((page, 1280), (phone, 390)):
            tab.goto("/good")
            assert tab.evaluate("window.innerWidth") == width

    def test_runs_no_script_when_there_is_no_javascript(self, page: Page, plain_page: Page) -> None:
        for tab, title in ((page, "changed by a script"), (plain_page, "A page")):
            tab.goto("/plain")
            assert tab.title() == title

    @pytest.mark.parametrize(
        ("path", "complaint"),
        [
            # Chromium says it in its own words too, sometimes first.
            ("/inline", "securitypolicyviolation|Content Security Policy"),
            ("/throws", "planted"),
            ("/nothing", "404"),
        ],
    )
    def test_fails_on_what_no_page_may_cause(
        self, browser: Browser, planted: str, path: str, complaint: str
    ) -> None:
        with (
            pytest.raises(AssertionError, match=complaint),
            browsers.visitor(browser, base_url=planted) as somebody,
        ):
            somebody.page().goto(path)

    def test_may_cause_it_on_purpose(self, browser: Browser, planted: str) -> None:
        with browsers.visitor(browser, base_url=planted) as somebody:
            somebody.page().goto("/inline")
            assert somebody.complaints
            somebody.complaints.clear()


class TestAxe:
    def test_finds_nothing_on_a_good_page(self, page: Page) -> None:
        page.goto("/good")
        assert browsers.axe(page) == []

    def test_finds_a_planted_fault(self, page: Page) -> None:
        page.goto("/grey")
        (fault,) = browsers.axe(page)
        assert fault.startswith("color-contrast (serious)")


class TestTheWall:
    @pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80)])
    def test_no_connection_leaves_this_machine(self, address: tuple[str, int]) -> None:
        family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        with (
            socket.socket(family, socket.SOCK_STREAM) as one,
            pytest.raises(RuntimeError, match="not this machine"),
        ):
            one.connect(address)

    def test_no_name_is_looked_up(self) -> None:
        with pytest.raises(RuntimeError, match="not this machine"):
            socket.getaddrinfo("bluelamp.example", 443)
