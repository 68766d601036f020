"""What the head of every answer says."""

import re
from typing import Any

from tests.pages import Page


def nonces_of(response: Any) -> list[str]:
    """The nonce of a page, if it is one. Raises AssertionError for a header that is missing."""
    headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]
    found = re.findall(r"'nonce-([^']+)'", policy)
    if b"<html" in response.content:
        scripts = Page.of(response).root.all("script")
        assert {script.attrs.get("nonce", "") for script in scripts} == set(found)
        assert len(found) == 1
    return found
