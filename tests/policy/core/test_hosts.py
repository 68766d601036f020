"""Where an address really leads."""

import pytest

from policy.core.hosts import host_of, is_allowed


class TestTheHost:
    @pytest.mark.parametrize(
        ("address", "host"),
        [
            ("https://Marlshire.Example.ORG/a?b#c", "marlshire.example.org"),
            ("marlshire.example.org", "marlshire.example.org"),
            ("marlshire.example.org.", "marlshire.example.org"),
            ("marlshire.example.org:8080/x", "marlshire.example.org"),
            ("https://jo:secret@example.com/", "example.com"),
            ("https://marlshire.example.org@example.com", "example.com"),
            ("https://example.com\\@marlshire.example.org", "example.com"),
            ("https://example.com?x=marlshire.example.org", "example.com"),
            ("https:///example.com", "example.com"),
            ("ｅｘａｍｐｌｅ．com", "example.com"),
            ("exam\u200bple。com", "example.com"),
            ("https://wеst.example.org", "xn--wst-rdd.example.org"),
            ("straße.example.org", "xn--strae-oqa.example.org"),
        ],
    )
    def test_of(self, address: str, host: str) -> None:
        assert host_of(address) == host

    def test_of_an_endless_label_is_found_fast(self) -> None:
        assert len(host_of("ä" * 4000 + ".org")) < 200


class TestAnAllowedHost:
    @pytest.mark.parametrize(
        "host", ["example.org", "www.example.org", "a.b.example.org", "a_b.example.org"]
    )
    def test_is_named_or_lies_below(self, host: str) -> None:
        assert is_allowed(host, {"example.org"})

    @pytest.mark.parametrize(
        "host",
        ["", "org", "badexample.org", "example.org.com", "bad-example.org", "a.com/.example.org"],
    )
    def test_is_no_other(self, host: str) -> None:
        assert not is_allowed(host, {"example.org"})

    def test_may_be_a_site_that_shares_its_name_with_many(self) -> None:
        assert is_allowed("gov.uk", {"gov.uk"})
        assert not is_allowed("marlshire.gov.uk", {"gov.uk"})
        assert is_allowed("www.marlshire.gov.uk", {"gov.uk", "marlshire.gov.uk"})
