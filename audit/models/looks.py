"""Who looked: the access log beside the trail. Rows come and are sealed; only what is past its time is forgotten."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.models.trail import AuditRecord
from audit.querysets import LookBlockQuerySet, LookQuerySet

KEPT_AT_LEAST = "180 days"  # whatever the environment says, the database gives up nothing younger


def newest_first(*led_by, name):
    return models.Index(fields=[*led_by, "-at", "-id"], name=name)


class Look(models.Model):
    """One request that showed somebody something, gave a file away, or was refused; a sign-in, or a try at one.

    `chain` names what it was about, with all that stands below it, as the records of the trail do; `subject_*` the very
    row, `page` the name of the address, never the address itself: no text that somebody typed is kept. `mark` is made
    with a secret that the database does not know, over all of this but the time; `is_late`: the database took no
    writing then, so `at` is the web server's word and is marked with it. Names are as they were at that moment.
    """

    class Kind(models.TextChoices):
        SIGN_IN = "SIGN_IN", _("signed in")
        SIGN_IN_FAILED = "SIGN_IN_FAILED", _("failed to sign in")
        VIEW = "VIEW", _("opened a page")
        FILE = "FILE", _("took a file")
        EXPORT = "EXPORT", _("took a list or a report")
        REFUSED = "REFUSED", _("was refused")

    SHOWN = (Kind.VIEW, Kind.FILE, Kind.EXPORT)

    at = models.DateTimeField(_("time"), db_default=models.Func(function="clock_timestamp"))
    kind = models.CharField(_("what"), max_length=20, choices=Kind)
    door = models.CharField(_("door"), max_length=10, choices=AuditRecord.Door)
    person_id = models.CharField(max_length=40, blank=True)
    person_name = models.CharField(_("who"), max_length=200, blank=True)
    person_role = models.CharField(_("role"), max_length=20, blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=300, blank=True)
    chain = models.CharField(max_length=80, blank=True)
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    subject_name = models.CharField(_("on what"), max_length=300, blank=True)
    scope = models.JSONField(default=dict)
    member_state = models.CharField(max_length=2, blank=True)
    page = models.CharField(_("page"), max_length=80, blank=True)
    file = models.CharField(_("file"), max_length=300, blank=True)
    status = models.PositiveSmallIntegerField(_("answer"))
    request_id = models.CharField(max_length=40, blank=True)
    is_late = models.BooleanField(default=False)
    mark = models.CharField(max_length=64)

    objects = LookQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mark"], name="a_look_is_noted_once")]
        indexes = [
            newest_first(name="looks_by_time"),
            newest_first("person_id", name="looks_of_a_person"),
            newest_first("chain", name="looks_at_a_chain"),
            newest_first("kind", name="looks_of_a_kind"),
            newest_first("door", name="looks_by_door"),
            newest_first("member_state", name="looks_of_a_member_state"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="kept_for_its_time",
                operation=pgtrigger.Delete,
                when=pgtrigger.Before,
                func=f"IF OLD.at > now() - interval '{KEPT_AT_LEAST}' THEN"
                " RAISE EXCEPTION 'the access log is kept for its time'; END IF; RETURN OLD;",
            ),
            pgtrigger.Trigger(
                name="waits_for_its_seal",
                operation=pgtrigger.Insert,
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                referencing=pgtrigger.Referencing(new="looks"),
                func="INSERT INTO audit_unsealed (look) SELECT id FROM looks; RETURN NULL;",
            ),
        ]

    def __str__(self):
        return f"{self.person_name} {self.kind} {self.subject_name}"


class Unsealed(models.Model):
    """A look that no block has taken up yet: put here by trigger, so that none is passed over."""

    look = models.BigIntegerField(primary_key=True)

    def __str__(self):
        return str(self.look)


class LookBlock(models.Model):
    """The looks of a minute, sealed: the digest of each, and one hash over them and the block before.

    The digests stay when the looks are forgotten. `strange` are those that were gone before they were sealed, or whose
    mark was not this house's. What is hashed and how: `audit.blocks`.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(_("time"))
    looks = ArrayField(models.BigIntegerField())
    digests = ArrayField(models.CharField(max_length=64))
    strange = ArrayField(models.BigIntegerField(), default=list)
    previous = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)

    chain = "looks:sealed"  # of the records that keep its head
    objects = LookBlockQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [
            GinIndex(fields=["looks"], name="blocks_by_look"),
            models.Index(fields=["at"], name="blocks_by_time"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.number}"

    def audit_scope(self):
        """The whole house's."""
        return {}
