"""Rules of the life of an account that hold in the database itself."""

from audit.triggers import Trigger, append_only

TRIGGERS = [
    # Who reported it stays, and so does who signed first, unless it counts no more: then somebody
    # signs first anew. Once it has ended nothing changes.
    *append_only(
        "lifecycle_compromise",
        unless="OLD.ended_at IS NULL AND NEW.account_id = OLD.account_id"
        " AND NEW.reported_by_id = OLD.reported_by_id"
        " AND (OLD.first_by_id IS NULL OR NEW.first_by_id IS NULL"
        " OR NEW.first_by_id = OLD.first_by_id)",
    ),
    *append_only("lifecycle_furtherreport"),
    # Nothing but the signatures of two people makes a hacked account usable again, closed or not.
    Trigger(
        name="lifecycle_account_stays_frozen",
        table="accounts_socialaccount",
        event="UPDATE",
        when="OLD.status <> 'active' AND NEW.status = 'active' AND EXISTS"
        " (SELECT 1 FROM lifecycle_compromise c"
        " WHERE c.account_id = NEW.id AND c.ended_at IS NULL)",
        refuses="two people open a frozen account again",
    ),
    # A step is ticked once.
    *append_only("lifecycle_checkliststep", unless="OLD.done_at IS NULL AND NEW.key = OLD.key"),
    # What was decided stays decided, and who wanted it stays while they are of the team that asks.
    # The day is UTC's: a role that ended before today in London may end on it.
    *append_only(
        "lifecycle_accountrequest",
        unless="OLD.state IN ('draft', 'asked', 'supported')"
        " AND (OLD.begun_by_id IS NULL OR NEW.begun_by_id = OLD.begun_by_id)"
        " AND (NEW.asked_by_id = OLD.asked_by_id OR NOT EXISTS (SELECT 1 FROM accounts_user u"
        " JOIN accounts_membership m ON m.person_id = u.id"
        " WHERE u.id = OLD.asked_by_id AND u.is_active AND m.force_id = OLD.force_id"
        " AND COALESCE(m.lpt_id, 0) = COALESCE(OLD.lpt_id, 0)"
        " AND m.role IN ('officer', 'lpt_supervisor', 'lpt_commander')"
        " AND m.since <= CURRENT_DATE AND (m.until IS NULL OR m.until > CURRENT_DATE)))",
    ),
    # Who asked whom and why stays; a look at followers is what it was.
    *append_only(
        "lifecycle_following",
        unless="OLD.state IN ('asked', 'followed') AND NEW.asked_by_id = OLD.asked_by_id"
        " AND NEW.handle = OLD.handle AND NEW.why = OLD.why",
    ),
    *append_only("lifecycle_followerreview"),
    *append_only(
        "lifecycle_offer",
        unless="OLD.adopted_id IS NULL AND OLD.state <> 'declined'"
        " AND NEW.revision_id = OLD.revision_id AND NEW.offered_by_id = OLD.offered_by_id",
    ),
    # A silence ends once, and whoever keeps the account signs once.
    *append_only("lifecycle_silence", unless="OLD.ended_at IS NULL"),
    # Who asked what about what stays, and so does everything that was said.
    *append_only(
        "lifecycle_question",
        unless="NEW.force_id = OLD.force_id AND NEW.asked_by_id = OLD.asked_by_id"
        " AND NEW.asked_at = OLD.asked_at AND NEW.said >= OLD.said"
        " AND COALESCE(NEW.draft_id, 0) = COALESCE(OLD.draft_id, 0)"
        " AND COALESCE(NEW.account_id, 0) = COALESCE(OLD.account_id, 0)",
    ),
    *append_only("lifecycle_message"),
    *append_only(
        "lifecycle_handover",
        unless="OLD.ended_at IS NULL AND NEW.account_id = OLD.account_id"
        " AND NEW.begun_by_id = OLD.begun_by_id",
    ),
]
