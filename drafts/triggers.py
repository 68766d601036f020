"""Rules of drafts that hold in the database itself."""

from audit.triggers import Trigger, append_only


def refuse_contributor(*, name: str, table: str, person: str) -> Trigger:
    """A trigger that refuses a new row of `table` whose `person` ever contributed to its draft."""
    return Trigger(
        name=name,
        table=table,
        event="INSERT",
        when="EXISTS (SELECT 1 FROM drafts_contribution c"
        f" WHERE c.draft_id = NEW.draft_id AND c.person_id = NEW.{person})",
        refuses="nobody approves what they contributed to",
    )


TRIGGERS = [
    *append_only("drafts_revision"),
    *append_only("drafts_contribution"),
    *append_only("drafts_submission"),
    *append_only("drafts_attested"),
    *append_only("drafts_override"),
    *append_only("drafts_rulehit"),
    *append_only(
        "drafts_reviewstep",
        unless="OLD.passed_with IS NULL AND NEW.revision_id = OLD.revision_id"
        " AND NEW.number = OLD.number AND NEW.needed = OLD.needed",
    ),
    # A copy is written by everyone who wrote what was copied.
    Trigger(
        name="drafts_draft_copy_keeps_contributors",
        table="drafts_draft",
        event="INSERT",
        moment="AFTER",
        statement="INSERT INTO drafts_contribution (draft_id, person_id)"
        " SELECT NEW.id, person_id FROM drafts_contribution"
        " WHERE draft_id = NEW.copied_from_id ON CONFLICT DO NOTHING",
    ),
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
    # Whoever wrote a word on one account of a central post wrote it on all.
    Trigger(
        name="drafts_centralpart_shares_contributors",
        table="drafts_centralpart",
        event="INSERT",
        moment="AFTER",
        statement="INSERT INTO drafts_contribution (draft_id, person_id)"
        " SELECT part.draft_id, c.person_id FROM drafts_centralpart part"
        " JOIN drafts_centralpart other ON other.central_id = part.central_id"
        " JOIN drafts_contribution c ON c.draft_id = other.draft_id"
        " WHERE part.central_id = NEW.central_id ON CONFLICT DO NOTHING",
    ),
    Trigger(
        name="drafts_contribution_counts_for_all_parts",
        table="drafts_contribution",
        event="INSERT",
        moment="AFTER",
        statement="INSERT INTO drafts_contribution (draft_id, person_id)"
        " SELECT other.draft_id, NEW.person_id FROM drafts_centralpart part"
        " JOIN drafts_centralpart other ON other.central_id = part.central_id"
        " WHERE part.draft_id = NEW.draft_id ON CONFLICT DO NOTHING",
    ),
    # The words that the search looks for, beside the text (migration 0008). SQLite reads the texts.
    Trigger(
        name="drafts_draft_words",
        table="drafts_draft",
        event="INSERT",
        statement="NEW.words := to_tsvector('english'::regconfig, NEW.text)",
        only="postgresql",
    ),
    Trigger(
        name="drafts_draft_words_again",
        table="drafts_draft",
        event="UPDATE",
        when="NEW.text IS DISTINCT FROM OLD.text",
        statement="NEW.words := to_tsvector('english'::regconfig, NEW.text)",
        only="postgresql",
    ),
    # Nobody passes over a block in what they wrote or submitted.
    refuse_contributor(name="drafts_override_person", table="drafts_override", person="person_id"),
]
