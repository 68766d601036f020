"""The roles of the product, and the groups of them that rules speak of."""

from django.db.models import TextChoices


class Role(TextChoices):
    OFFICER = "officer", "Officer"
    LPT_SUPERVISOR = "lpt_supervisor", "LPT supervisor"
    LPT_COMMANDER = "lpt_commander", "LPT commander"
    COMMS_APPROVER = "comms_approver", "Comms approver"
    COMMS_DUTY = "comms_duty", "Comms duty officer"
    COMMS_ADMIN = "comms_admin", "Comms admin"
    POLICY_OWNER = "policy_owner", "Policy owner"
    PSD = "psd", "Professional Standards"
    FOI_OFFICER = "foi_officer", "FOI officer"
    DPO = "dpo", "Data protection officer"


TEAM_ROLES = frozenset({Role.OFFICER, Role.LPT_SUPERVISOR, Role.LPT_COMMANDER})
TEAM_SUPERVISORS = frozenset({Role.LPT_SUPERVISOR, Role.LPT_COMMANDER})
COMMS_REVIEWERS = frozenset({Role.COMMS_APPROVER, Role.COMMS_DUTY})
