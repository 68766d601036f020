"""The words of a post that comes as HTML."""

from html.parser import HTMLParser

LONGEST = 20_000


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.parts.append("\n")
        elif tag == "p" and self.parts:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def words_of(html: str) -> str:
    """Plain text: a line for each <br>, a blank line between paragraphs; never a NUL."""
    reader = _Words()
    reader.feed(html[: 4 * LONGEST])
    reader.close()
    return "".join(reader.parts).replace("\x00", "").strip()[:LONGEST]
