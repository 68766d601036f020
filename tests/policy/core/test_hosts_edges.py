"""Borders of what a host is."""

from policy.core.hosts import canonical_host, host_of, is_allowed


class TestAHost:
    def test_is_no_other_than_it_says(self) -> None:
        assert is_allowed("exa mple.org", {"exa mple.org"}) is False
        assert is_allowed("example.org", {"org"}) is True

    def test_of_any_length_lies_below_what_it_ends_in(self) -> None:
        assert is_allowed("a." * 1000 + "example.org", {"example.org"}) is True
        longest = "a." * 121 + "example.org"
        assert is_allowed(f"x.{longest}", {longest}) is True
        assert is_allowed(f"x{longest}", {longest}) is False

    def test_keeps_what_looks_like_a_port_elsewhere(self) -> None:
        assert host_of("example.org:") == "example.org"
        assert canonical_host(" .Example..org. ") == "example.org"

    def test_of_a_label_of_63_letters_is_encoded_whole(self) -> None:
        assert canonical_host("ä" + "a" * 63) != canonical_host("ä" + "a" * 62)
        assert canonical_host("ä" + "a" * 64) == canonical_host("ä" + "a" * 63)
