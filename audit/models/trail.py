"""What happened, for good: rows that nobody can change or take away."""

from base64 import b64encode
from datetime import UTC

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.querysets import AuditRecordQuerySet, CheckpointQuerySet


def folded(field):
    """A name as people type it, by its trigrams: `core.spelling`, which stands above, asks in the same words."""
    return OpClass(models.Func(models.F(field), function="folded", output_field=models.TextField()), "gin_trgm_ops")


class AuditRecord(models.Model):
    """One act. Each record carries the SHA-256 of the one before it in its chain (Financial Regulation, Art. 146).

    A chain is one row that lives alone, with all that stands below it: `sequence` counts from 1 within it. `scope` says
    whose record it is, {kind: id}, as the row's own `audit_scope()` has it. `format` says what is hashed and how (see
    `audit.hashing`). `at` is the moment of the act, `written_at` the database's own time of writing it down; records of
    format 1 do not know theirs. `rows` are the rows it changed, [[table, id, digest, shape]], covered by `rows_sha256`
    (see `audit.rows`); records before format 3 tell of none. Names are kept as text, so that a record still reads when
    its person or row is gone.
    """

    class Door(models.TextChoices):
        WEB = "WEB", _("web page")
        API = "API", _("API")
        WORKER = "WORKER", _("worker")
        COMMAND = "COMMAND", _("command")

    format = models.PositiveSmallIntegerField()
    at = models.DateTimeField(_("time"))
    written_at = models.DateTimeField(_("written down"), null=True)
    chain = models.CharField(max_length=80)
    sequence = models.PositiveIntegerField()
    act = models.CharField(_("act"), max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    subject_name = models.CharField(_("subject"), max_length=300)
    actor_id = models.CharField(max_length=40)
    actor_name = models.CharField(_("who"), max_length=200)
    actor_role = models.CharField(_("role"), max_length=20)
    door = models.CharField(_("door"), max_length=10, choices=Door)
    request_id = models.CharField(max_length=40, blank=True)
    status_before = models.CharField(max_length=30, blank=True)
    status_after = models.CharField(max_length=30, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    changes = models.JSONField(_("changes"), default=dict)
    rows = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    rows_sha256 = models.CharField(max_length=64, blank=True, db_default="")
    scope = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = AuditRecordQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="one_record_per_place_in_a_chain")]
        indexes = [
            GinIndex(fields=["scope"], name="records_by_scope", opclasses=["jsonb_path_ops"]),
            models.Index(fields=["-at", "-id"], name="records_by_time"),
            models.Index(fields=["actor_role", "-at", "-id"], name="records_of_a_role_by_time"),
            models.Index(fields=["act"], name="records_by_act", opclasses=["varchar_pattern_ops"]),
            GinIndex(folded("actor_name"), folded("subject_name"), name="records_by_words"),
            BrinIndex(fields=["at"], name="records_between_times"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="never_emptied",
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                func="RAISE EXCEPTION 'the audit trail is append-only';",
            ),
            pgtrigger.Trigger(
                name="waits_for_its_place",
                operation=pgtrigger.Insert,
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                referencing=pgtrigger.Referencing(new="records"),
                func="INSERT INTO audit_unplaced (record) SELECT id FROM records; RETURN NULL;",
            ),
        ]

    def __str__(self):
        return f"{self.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC {self.act} {self.subject_name}"


class Unplaced(models.Model):
    """A record that no checkpoint has taken up yet: put here by trigger as it is written, so that none is passed over,
    whichever of two transactions ends first."""

    record = models.BigIntegerField(primary_key=True)

    def __str__(self):
        return str(self.record)


class Checkpoint(models.Model):
    """The head of the tree of all records as it grew by one leaf: the records that had been written since the last.

    `size` counts the leaves. A leaf hides how many records it holds and which: see `audit.checkpoints`. `records` and
    `hashes` are its records, in one order, `salt` what blinds them, `sha256` what stands in the leaf for all of them.
    `root` is the root of the whole tree, `note` the signed text that leaves the house. Hashes are SHA-256 in hex.
    """

    size = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(_("time"))
    records = ArrayField(models.BigIntegerField())
    hashes = ArrayField(models.CharField(max_length=64))
    salt = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    root = models.CharField(max_length=64)
    note = models.TextField()

    objects = CheckpointQuerySet.as_manager()

    class Meta:
        ordering = ["size"]
        indexes = [
            GinIndex(fields=["hashes"], name="checkpoints_by_hash"),
            models.Index(fields=["at"], name="checkpoints_by_time"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        """As people copy it: its number and its root."""
        return f"{self.size} · {b64encode(bytes.fromhex(self.root)).decode()}"


class TreeNode(models.Model):
    """A complete node of the tree: (level, place) as in `audit.merkle`; it never changes."""

    level = models.PositiveSmallIntegerField()
    place = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "place"], name="one_hash_per_node")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.level} {self.place}"


class Beginning(models.Model):
    """A table that held rows before it kept versions of them: its past is known from this moment on."""

    table = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.table}: {self.at}"


class ChangedRow(models.Model):
    """What a transaction under way has changed and no record has told yet: filled by trigger, emptied by the record."""

    transaction = models.BigIntegerField()
    source = models.CharField(max_length=63)
    row_id = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    shape = models.CharField(max_length=8)

    class Meta:
        indexes = [models.Index(fields=["transaction", "source", "row_id"], name="changes_of_a_transaction")]

    def __str__(self):
        return f"{self.source} {self.row_id}"


class Shape(models.Model):
    """The columns that a digest of this shape covers; a table that grows has several."""

    shape = models.CharField(max_length=8)
    source = models.CharField(max_length=63)
    columns = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "shape"], name="one_list_of_columns_per_shape")]

    def __str__(self):
        return f"{self.source} {self.shape}"
