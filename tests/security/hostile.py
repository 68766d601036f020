"""Texts that would do harm where they became more than words, and how that would be seen."""

import re

from tests.pages import Page

# Each holds this word where it would become an element or an attribute.
CANARY = "xcanary"
PAYLOADS = [
    f"<{CANARY}>",
    f"</p><{CANARY}>",
    f'"><{CANARY}>',
    f"'><{CANARY}>",
    f'" {CANARY}=1 "',
    f"' {CANARY}=1 '",
    f" {CANARY}=1 ",
    f"<script {CANARY}>1</script>",
    f"</script><{CANARY}>",
    f"</textarea><{CANARY}>",
    f"</title><{CANARY}>",
    f"</style><{CANARY}>",
    f"--><{CANARY}>",
    f"<!--<{CANARY}>",
    f"<![CDATA[<{CANARY}>]]>",
    f"<img src=x onerror={CANARY}>",
    f"<svg onload={CANARY}>",
    f"<a href=javascript:{CANARY}>x",
    f"javascript:{CANARY}",
    f"<iframe srcdoc={CANARY}>",
    f"<{CANARY} hx-get=/>",
    f"<base href=//{CANARY}>",
    f"&lt;{CANARY}&gt;",
    f"&#60;{CANARY}&#62;",
    f"%3C{CANARY}%3E",
    f"\\u003c{CANARY}\\u003e",
    f"\uff1c{CANARY}\uff1e",
    f"<{CANARY}\n>",
    f"<\n{CANARY}>",
    f"`{CANARY}`",
    f"{{{{ {CANARY} }}}}",
    f"{{% {CANARY} %}}",
    f"{{# {CANARY} #}}",
    f"${{{CANARY}}}",
    f"#{{{CANARY}}}",
    f"%({CANARY})s",
    f"={CANARY}(1)",
    f"+{CANARY}",
    f"@SUM({CANARY})",
    f"-{CANARY}|cmd",
    f"\u202e{CANARY}\u202c",
    f"\u2066{CANARY}\u2069",
    f"\u200b{CANARY}\u00ad",
    f"{CANARY}\u2028<{CANARY}>",
    f"'; DROP {CANARY} --",
]
# Several at a time: each still stands for itself, since each is found by its own danger.
TOGETHER = [" ".join(PAYLOADS[start : start + 5]) for start in range(0, len(PAYLOADS), 5)]
RUNS = re.compile(r"^\s*(javascript|data|vbscript):", re.IGNORECASE)
LEADS = {"href", "src", "action", "formaction", "srcdoc", "data", "poster", "background"}


def dangers(page: Page) -> list[str]:
    """Every element and attribute of the page that somebody's text has become."""
    found = []
    for element in page.root.walk():
        if CANARY in element.tag or element.tag in {"iframe", "object", "embed", "base"}:
            found.append(f"<{element.tag}>")
        for name, value in element.attrs.items():
            if CANARY in name or name.startswith("on") or name == "style":
                found.append(f"{element.tag}[{name}]")
            if name in LEADS and RUNS.match(value):
                found.append(f"{element.tag}[{name}={value}]")
        if element.tag == "script" and CANARY in element.raw_text:
            found.append("a script that holds the text")
    return found
