"""Force, local policing team and social account.

`lock` on these three is what a hold, a freeze or a release updates first: the dispatcher reads
the row FOR SHARE before it looks at holds, so the two can never pass each other.
"""

from typing import TYPE_CHECKING, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES

if TYPE_CHECKING:
    from accounts.models.people import User

LONGEST_SIGNATURE = 30


class Force(models.Model):
    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(unique=True)
    site = models.URLField(help_text="The force's own site; links to it are always allowed.")
    allowed_domains = models.JSONField(
        default=list, blank=True, help_text="Partner domains that tweets may link to."
    )
    policy_pack = models.SlugField(default="neutral")
    comms_email = models.EmailField(blank=True)
    comms_phone = models.CharField(max_length=20, blank=True)
    # Whether mail may hold the words of drafts: it leaves the force's own systems.
    words_in_mail = models.BooleanField(default=False, db_default=False)
    mail_domains = models.JSONField(
        default=list,
        db_default=[],
        blank=True,
        help_text="What stands behind the @ of a work e-mail; without any, every domain is taken.",
    )
    # The version of the guidance that its people have to accept and be trained in, and since when.
    # 0: none yet, and nobody is held up.
    guidance_version = models.PositiveSmallIntegerField(default=0, db_default=0)
    guidance_since = models.DateField(null=True, blank=True)
    lock = models.PositiveIntegerField(default=0, editable=False)

    def __str__(self) -> str:
        return self.name


class LPTQuerySet(models.QuerySet["LPT"]):
    def open(self) -> "LPTQuerySet":
        """Teams that are still there."""
        return self.filter(closed_on=None)

    def in_order(self) -> "LPTQuerySet":
        return self.order_by("name", "pk")


class LPT(models.Model):
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="lpts")
    name = models.CharField(max_length=100)
    slug = models.SlugField()
    team_page = models.URLField(blank=True)
    newsletter_page = models.URLField(blank=True)
    comms_contact = models.CharField(max_length=200, blank=True)
    meeting_place = models.CharField(max_length=200, blank=True)
    area_hashtag = models.CharField(max_length=50, blank=True)
    # Since when it is no more, and the team that took on its people and accounts, if one did.
    closed_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    lock = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[LPTQuerySet] = LPTQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "local policing team"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "slug"], name="lpt_once_in_force"),
            models.CheckConstraint(
                condition=Q(merged_into=None)
                | Q(closed_on__isnull=False) & ~Q(merged_into=F("pk")),
                name="merged_team_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Platform(models.TextChoices):
    X = "x", "X"
    MASTODON = "mastodon", "Mastodon"
    BLUESKY = "bluesky", "Bluesky"


class AccountKind(models.TextChoices):
    FORCE = "force", "Force"
    COMMANDER = "commander", "LPT commander"
    LPT = "lpt", "Local policing team"
    OFFICER = "officer", "Officer"
    CENTRAL = "central", "Central team"


class AccountStatus(models.TextChoices):
    ACTIVE = "active", "Active"
    FROZEN = "frozen", "Frozen"
    CLOSED = "closed", "Closed"


class SocialAccountQuerySet(models.QuerySet["SocialAccount"]):
    def active(self) -> "SocialAccountQuerySet":
        return self.filter(status=AccountStatus.ACTIVE)

    def writable_by(self, user: "User") -> "SocialAccountQuerySet":
        """Accounts that `user` may draft for: the own team's, or any of the force for comms."""
        scope = Q(pk__in=[])
        for membership in user.current_memberships:
            if membership.role in COMMS_REVIEWERS:
                scope |= Q(force_id=membership.force_id)
            elif membership.role in TEAM_ROLES:
                scope |= Q(force_id=membership.force_id, lpt_id=membership.lpt_id) & ~Q(
                    kind=AccountKind.FORCE
                )
        return self.filter(scope)

    def in_order(self) -> "SocialAccountQuerySet":
        return self.order_by("handle", "pk")


class SocialAccount(models.Model):
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="accounts")
    lpt = models.ForeignKey(
        LPT, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts"
    )
    # How long it may be and of what it is made depends on the platform: see accounts.handles.
    handle = models.CharField(
        max_length=30,
        help_text="Without the @.",
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9_-]{1,30}$",
                "A handle has letters, digits, underscores and, on Bluesky, hyphens.",
            )
        ],
    )
    # As it was called when revisions began to keep the handle that they were written for: those
    # from before were hashed with it. Empty for younger accounts; no renaming changes it.
    first_handle = models.CharField(
        max_length=30, blank=True, default="", db_default="", editable=False
    )
    platform = models.CharField(max_length=20, choices=Platform, default=Platform.X)
    publisher = models.CharField(max_length=50, default="default")
    # What its people may end a tweet with, such as "– Oldermoor team". It stands in no tweet that
    # it was not put in by whoever wrote it.
    signature = models.CharField(
        max_length=LONGEST_SIGNATURE, blank=True, default="", db_default=""
    )
    kind = models.CharField(max_length=20, choices=AccountKind)
    status = models.CharField(max_length=20, choices=AccountStatus, default=AccountStatus.ACTIVE)
    lock = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[SocialAccountQuerySet] = SocialAccountQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["platform", "handle"], name="handle_once_on_platform"),
            models.CheckConstraint(
                condition=~Q(kind__in=["lpt", "commander"]) | Q(lpt__isnull=False),
                name="team_account_has_lpt",
            ),
        ]

    def __str__(self) -> str:
        return f"@{self.handle}"

    @property
    def address(self) -> str:
        """What publishers call it: "platform:handle"."""
        return f"{self.platform}:{self.handle}"

    @property
    def display_name(self) -> str:
        """What stands over its tweets: the team's name, or the force's."""
        return f"{self.lpt} {self.force}" if self.lpt else self.force.name
