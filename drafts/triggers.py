"""Rules of drafts that hold in the database itself."""

from audit.triggers import Trigger, append_only

TRIGGERS = [
    *append_only("drafts_revision"),
    *append_only("drafts_contribution"),
    *append_only("drafts_submission"),
    # Whatever way a revision or a submission gets in, its author is a contributor.
    *(
        Trigger(
            name=f"{table}_makes_contributor",
            table=table,
            event="INSERT",
            moment="AFTER",
            statement="INSERT INTO drafts_contribution (draft_id, person_id)"
            f" VALUES (NEW.draft_id, NEW.{person}) ON CONFLICT DO NOTHING",
        )
        for table, person in (("drafts_revision", "author_id"), ("drafts_submission", "person_id"))
    ),
]


def refuse_contributor(
    *, name: str, table: str, event: str, person: str, when: str = ""
) -> Trigger:
    """A trigger that refuses a row of `table` whose `person` ever contributed to its draft."""
    contributed = (
        "EXISTS (SELECT 1 FROM drafts_contribution c"
        f" WHERE c.draft_id = NEW.draft_id AND c.person_id = NEW.{person})"
    )
    return Trigger(
        name=name,
        table=table,
        event="INSERT" if event == "INSERT" else "UPDATE",
        when=f"{when} AND {contributed}" if when else contributed,
        refuses="nobody approves what they contributed to",
    )
