"""Reading the pages that the test client got, without a browser."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Self

VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass(eq=False)
class Element:
    """One element with its attributes and everything that it holds."""

    tag: str
    attrs: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words, in one line."""
        return " ".join(self.raw_text.split())

    @property
    def raw_text(self) -> str:
        """Its words with every space as it is."""
        return "".join(c if isinstance(c, str) else c.raw_text for c in self.children)

    def walk(self) -> Iterator["Element"]:
        """Itself and every element within, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, tag: str = "", **attrs: str) -> list["Element"]:
        """Every element within that has this tag and these attributes (class_ for one class)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            element
            for element in self.walk()
            if tag in ("", element.tag)
            and all(
                value in element.attrs.get(name, "").split()
                if name == "class"
                else element.attrs.get(name) == value
                for name, value in wanted.items()
            )
        ]

    def one(self, tag: str = "", **attrs: str) -> "Element":
        """The only such element. Raises AssertionError when there is none, or several."""
        found = self.all(tag, **attrs)
        assert len(found) == 1, f"{len(found)} elements {tag} {attrs}"
        return found[0]


class Page(HTMLParser):
    """A parsed page: `Page.of(response)`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    @classmethod
    def of(cls, response: Any) -> Self:
        """The page in a response of the test client, or in a string of HTML."""
        page = cls()
        page.feed(response if isinstance(response, str) else response.content.decode())
        page.close()
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    @property
    def title(self) -> str:
        return self.root.one("title").text

    @property
    def h1(self) -> str:
        return self.root.one("h1").text

    @property
    def main(self) -> str:
        """The words of the page without header and footer."""
        return self.root.one("main").text

    @property
    def messages(self) -> list[str]:
        """What the page says about what was just done."""
        found = self.root.all(class_="govuk-notification-banner__heading")
        return [element.text for element in found]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Each line of the error summary with the address that it leads to."""
        return [
            (line.text, next((a.attrs["href"] for a in line.all("a")), ""))
            for summary in self.root.all(class_="govuk-error-summary__list")
            for line in summary.all("li")
        ]

    def beside(self, control_id: str) -> list[str]:
        """The error messages that the control with this id is described by."""
        control = self.root.one(id=control_id)
        described_by = control.attrs.get("aria-describedby", "").split()
        return [
            message.text.removeprefix("Error: ")
            for described in described_by
            for holder in self.root.all(id=described)
            for message in holder.all(class_="govuk-error-message")
        ]

    def form(self, action: str) -> dict[str, str]:
        """What a browser would send from the form that posts to `action`, without a button."""
        form = self.root.one("form", action=action)
        sent = {
            box.attrs["name"]: box.attrs.get("value", "")
            for box in form.all("input")
            if "name" in box.attrs
            and (box.attrs.get("type") not in {"radio", "checkbox"} or "checked" in box.attrs)
        }
        for area in form.all("textarea"):
            # HTML drops one line end at the start.
            sent[area.attrs["name"]] = area.raw_text.removeprefix("\n")
        for select in form.all("select"):
            options = select.all("option")
            for option in [o for o in options if "selected" in o.attrs] or options[:1]:
                sent[select.attrs["name"]] = option.attrs["value"]
        return sent
