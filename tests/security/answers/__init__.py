"""The answer that each kind of person gets from each route, declared by hand.

A row: the name of the route, G or P for the method, and an answer for each of PEOPLE. A star:
something was done and stands in the trail.

People: ano anonymous, aut the author, off an officer of the same team, oth of another team,
sup its supervisor, app an approver, wro an approver who wrote a version of it, abr an approver
of another force, adm a comms admin, own a policy owner, dis an approver disabled since their
last request, nob somebody without any role. Four more get the answer of somebody like them, but
for the rows in `others`: com the team's commander, dut a comms duty officer, aud somebody from
Professional Standards who also answers for freedom of information and data protection, far a comms
admin of another force.
"""

from tests.security.answers import (
    accounts,
    approvals,
    demonstration,
    drafts,
    incidents,
    insights,
    lifecycle,
    others,
    people,
    policy,
    publishing,
    sign_in,
)

ROWS = "".join(
    module.ROWS
    for module in (
        accounts, approvals, demonstration, drafts, incidents, insights, lifecycle, people, policy,
        publishing, sign_in,
    )
)  # fmt: skip
COLUMNS = ["ano", "aut", "off", "oth", "sup", "app", "wro", "abr", "adm", "own", "dis", "nob"]
LIKE = {"com": "sup", "dut": "app", "aud": "nob", "far": "adm"}
PEOPLE = [*COLUMNS, *LIKE]

# The first letter of the method stands in the second column.
METHODS = {"G": "get", "P": "post"}


def declared() -> dict[str, dict[str, dict[str, str]]]:
    """The answer for each route, method and person."""
    table: dict[str, dict[str, dict[str, str]]] = {}
    for line in filter(None, ROWS.splitlines()):
        name, method, *answers = line.split()
        row = dict(zip(COLUMNS, answers, strict=True))
        alike = {who: row[other] for who, other in LIKE.items()}
        table.setdefault(name, {})[METHODS[method]] = row | alike
    for line in filter(None, others.ROWS.splitlines()):
        name, method, *answers = line.split()
        different = dict(zip(LIKE, answers, strict=True))
        table[name][METHODS[method]] |= {w: a for w, a in different.items() if a != "."}
    return table


DECLARED = declared()
