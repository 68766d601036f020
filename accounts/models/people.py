"""People. They sign in by work e-mail; name and mobile number are compulsory (requirement A18)."""

from collections.abc import Collection
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.mobile import MobileField
from accounts.tables import is_permitted

if TYPE_CHECKING:
    from accounts.models.roles import Membership


class UserManager(BaseUserManager["User"]):
    def holding(self, roles: Collection[str], *, force_id: int) -> "models.QuerySet[User]":
        """Active people who hold one of `roles` in a force today, by name."""
        today = timezone.localdate()
        return (
            self.filter(
                models.Q(memberships__until=None) | models.Q(memberships__until__gte=today),
                memberships__since__lte=today,
                memberships__role__in=roles,
                memberships__force_id=force_id,
                is_active=True,
            )
            .distinct()
            .order_by("full_name", "pk")
        )

    def create_user(
        self, *, email: str, full_name: str, mobile: str, password: str | None = None, **rest: Any
    ) -> "User":
        """A person with everything that a record must hold. Raises ValidationError otherwise."""
        user = self.model(email=email.lower(), full_name=full_name, mobile=mobile, **rest)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Nobody is a superuser: there is no right in this product that skips the tables."""

    email = models.EmailField("work e-mail", unique=True)
    full_name = models.CharField(max_length=100)
    mobile = MobileField("mobile number")
    mobile_confirmed_on = models.DateField(null=True, blank=True)
    collar_number = models.CharField(max_length=20, blank=True)
    # Rank or role, as people say it: "Sergeant", "Press officer".
    job_title = models.CharField("rank or role", max_length=60, blank=True, db_default="")
    is_active = models.BooleanField(default=True)
    # When their access ended; null while it lasts, and where nobody knows when.
    left_at = models.DateTimeField(null=True, blank=True)
    # Whether single keys decide in review: off unless the person wants it (WCAG 2.1.4).
    single_keys = models.BooleanField(default=False, db_default=False)
    # Who put the e-mail on record and when: whoever reads its mail can set the password.
    email_put_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    email_put_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["full_name", "mobile"]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_email"),
            models.CheckConstraint(condition=~models.Q(full_name=""), name="person_has_name"),
            models.CheckConstraint(condition=~models.Q(mobile=""), name="person_has_mobile"),
            models.CheckConstraint(
                condition=models.Q(email_put_by=None, email_put_at=None)
                | models.Q(email_put_by__isnull=False, email_put_at__isnull=False),
                name="email_put_by_somebody_then",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    def has_perm(self, permission: str, obj: models.Model | None = None) -> bool:
        """Whether the permission tables let this person; nobody is let past the question."""
        return is_permitted(self, permission, obj)

    @cached_property
    def current_memberships(self) -> "list[Membership]":
        """Today's roles, read once for each time the person is loaded."""
        return list(self.memberships.current(timezone.localdate()).select_related("lpt", "force"))

    @property
    def comms_desk(self) -> str:
        """The number of their force's comms desk as it is on record; "" where none is."""
        numbers = (membership.force.comms_phone for membership in self.current_memberships)
        return next(filter(None, numbers), "")

    @property
    def mobile_counts_until(self) -> date | None:
        """The last day on which the number counts as confirmed; None: it never was."""
        if self.mobile_confirmed_on is None:
            return None
        last: date = self.mobile_confirmed_on + settings.MOBILE_CONFIRMED_FOR
        return last
