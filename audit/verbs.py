"""Every verb of the trail. A record with any other verb cannot be written."""

from django.db.models import TextChoices


class Verb(TextChoices):
    DRAFT_WRITTEN = "draft.written", "Written"
    DRAFT_EDITED = "draft.edited", "Edited"
    DRAFT_COPIED = "draft.copied", "Copied from another draft"
    DRAFT_SUBMITTED = "draft.submitted", "Submitted for review"
    DRAFT_WITHDRAWN = "draft.withdrawn", "Taken back by its author"
    DRAFT_DISCARDED = "draft.discarded", "Discarded"
    DRAFT_APPROVED = "draft.approved", "Approved"
    DRAFT_RETURNED = "draft.returned", "Returned for changes"
    DRAFT_REJECTED = "draft.rejected", "Rejected"
    DRAFT_EXPIRED = "draft.expired", "Expired: nobody decided in time"
    DRAFT_REOPENED = "draft.reopened", "Reopened, the approval is void"
    DRAFT_UNSCHEDULED = "draft.unscheduled", "Stopped and put back into the review queue"

    DELIVERY_QUEUED = "delivery.queued", "Waiting to go out"
    DELIVERY_SENDING = "delivery.sending", "Handed to the publisher"
    DELIVERY_PUBLISHED = "delivery.published", "Published"
    DELIVERY_NOT_SENT = "delivery.not_sent", "Not sent, will be tried again"
    DELIVERY_REFUSED = "delivery.refused", "Refused by the platform"
    DELIVERY_UNKNOWN = "delivery.unknown", "No answer from the platform"
    DELIVERY_NEEDS_HUMAN = "delivery.needs_human", "Needs a person to look"
    DELIVERY_MISSED = "delivery.missed", "Missed its time, not sent"
    DELIVERY_CANCELLED = "delivery.cancelled", "Cancelled before it went out"
    DELIVERY_ANSWERED = "delivery.answered", "A person said what happened"
    DELIVERY_RESCHEDULED = "delivery.rescheduled", "Given a new time"

    HOLD_PLACED = "hold.placed", "Hold placed"
    HOLD_RELEASED = "hold.released", "Hold released"
    INCIDENT_DECLARED = "incident.declared", "Critical incident declared"
    INCIDENT_STOOD_DOWN = "incident.stood_down", "Critical incident stood down"

    MOBILE_CONFIRMED = "person.mobile_confirmed", "Mobile number confirmed"
    PERSON_DEACTIVATED = "person.deactivated", "Person deactivated"
    ACCOUNT_STATUS = "account.status", "Account status changed"
    FORCE_CREATED = "force.created", "Force created"
