"""What was written, by whom, and what the rulebook said of it: rows that are never changed."""

from typing import ClassVar

from django.db import models

from accounts.models import SocialAccount, User
from drafts.case import Declared
from drafts.content import HASH_VERSION, Content
from drafts.models.draft import Draft
from policy.core import Kind


class Revision(models.Model):
    """One saved version. Inserting it makes its author a contributor, by trigger."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    account = models.ForeignKey(SocialAccount, on_delete=models.PROTECT, related_name="+")
    # What the account was called when this was written; empty in revisions from before it was kept.
    handle = models.CharField(max_length=30, blank=True, default="", db_default="")
    text = models.TextField()
    kind = models.CharField(max_length=20, default=Kind.ORIGINAL)
    source = models.JSONField(default=dict)
    media = models.JSONField(default=list)
    alt_texts = models.JSONField(default=list)
    category = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    planned_at = models.DateTimeField(null=True)
    # What was declared about the case, in the categories that ask; empty: not answered.
    case_stage = models.CharField(max_length=20, blank=True)
    offence = models.CharField(max_length=20, blank=True)
    under_18 = models.BooleanField(null=True)
    # Who decided that somebody may be named, and why.
    naming_by = models.CharField(max_length=100, blank=True)
    naming_rank = models.CharField(max_length=60, blank=True)
    naming_role = models.CharField(max_length=100, blank=True)
    naming_rationale = models.CharField(max_length=1000, blank=True)
    content_hash = models.CharField(max_length=64)
    hash_version = models.PositiveSmallIntegerField(default=HASH_VERSION)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "number"], name="revision_number_once"),
        ]

    def __str__(self) -> str:
        return f"Revision {self.number} of draft {self.draft_id}"

    @property
    def declared(self) -> Declared:
        return Declared.of(self)

    def content(self) -> Content:
        """What goes out if this revision is approved.

        Its account by the name it then had: one that is renamed is still the same account.
        """
        account = self.account
        handle = self.handle or account.first_handle or account.handle
        return Content(
            text=self.text,
            account=f"{account.platform}:{handle}",
            kind=self.kind,
            source=tuple(sorted(self.source.items())),
            media=tuple(self.media),
            alt_texts=tuple(self.alt_texts),
            case=self.declared.items(),
        )


class Contribution(models.Model):
    """Someone who ever wrote or submitted a revision of a draft, and so never approves it."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="contributions")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="contributions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "person"], name="contributor_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} contributed to draft {self.draft_id}"


class Submission(models.Model):
    """What the rulebook found at submission and what the officer answered, frozen."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="submissions")
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="submissions")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    report = models.JSONField()
    # Finding key -> the officer's answer.
    answers = models.JSONField(default=dict)
    generation = models.PositiveBigIntegerField()
    declaration = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"Submission of {self.revision}"


class Attested(models.Model):
    """One tick of a submission: its words as they were shown, and the text that it asked for.

    `content_hash` is that of the submitted revision. Another text asks again.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="attested")
    attestation = models.CharField(max_length=40)
    label = models.CharField(max_length=300)
    text = models.CharField(max_length=300, blank=True)
    content_hash = models.CharField(max_length=64)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "attestation"], name="attested_once"),
        ]

    def __str__(self) -> str:
        return f"{self.attestation} · {self.submission}"
