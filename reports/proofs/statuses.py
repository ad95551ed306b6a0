"""Every status has a record that led to it."""

from collections import Counter, defaultdict

from django.apps import apps
from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import override

from accounts.models import Membership
from accounts.roles import label_of
from accounts.states import MEMBERSHIP
from audit.history import tables_of_versions
from audit.models import AuditRecord
from core.rows import Row
from reports.proofs.slices import Found, Proof

MOVED_BY_WORKERS = {"promises.Promise", "reports.ReportFile"}  # marked as kept or drawn, which is no act of anybody
# The acts on these had no table of states before this migration: the records of rows made before it name no status.
PEOPLE = ["accounts.User", "accounts.Organisation", "accounts.Membership", "accounts.Token"]
BEGINNINGS = ["user.join", "user.appoint", "user.take_office"]  # their record tells a person's first role, too
GIVEN, TAKEN = (str(MEMBERSHIP.steps[name].target) for name in ("grant", "end"))
TABLE_SINCE = dict.fromkeys(PEOPLE, ("accounts", "0005_carry_people"))


class Statuses:
    """One kind of row in each slice; its place is the number of the next kind."""

    def look(self, place):
        kinds, number = kinds_of_rows(), place or 0
        model = kinds[number]
        count, faults = model._base_manager.count(), list(faults_of(model))
        return Found(count, faults, number + 1 if number + 1 < len(kinds) else None)


def kinds_of_rows():
    found = (model for model in apps.get_models() if issubclass(model, Row) and has_status(model))
    return sorted(
        (model for model in found if model._meta.label not in MOVED_BY_WORKERS), key=lambda model: model._meta.label
    )  # fmt: skip


def faults_of(model):
    """The newest record of a row ends where the row stands."""
    last, older = last_statuses(model), older_than_its_table(model)
    told, ended = (first_roles(), ended_with_accounts()) if model is Membership else (set(), set())
    for pk, status in model._base_manager.values_list("pk", "status").iterator():
        recorded = last.get(str(pk), "none")
        led_to = GIVEN if recorded == "none" and pk in told else recorded
        led_to = TAKEN if led_to == GIVEN and pk in ended else led_to
        if led_to != status and not (recorded == "none" and pk in older):
            yield f"{model._meta.label} {pk} stands at {status}, its last record at {recorded}."


def has_status(model):
    return any(field.name == "status" for field in model._meta.concrete_fields)


def last_statuses(model):
    """{id: status after its newest step} of every row of a kind; one question. Downloads and the like are no steps."""
    records = AuditRecord.objects.filter(subject_type=model._meta.label_lower).exclude(status_after="")
    newest = records.order_by("subject_id", "-pk").distinct("subject_id")
    return dict(newest.values_list("subject_id", "status_after").iterator())


def older_than_its_table(model):
    """The ids of rows whose first version was written before acts on their kind had a table of states."""
    if model._meta.label not in TABLE_SINCE:
        return set()
    app, name = TABLE_SINCE[model._meta.label]
    since = MigrationRecorder.Migration.objects.get(app=app, name=name).applied
    versions = tables_of_versions()[model].objects.filter(pgh_created_at__lt=since)
    return set(versions.values_list("pgh_obj_id", flat=True))


def first_roles():
    """The ids of roles that began with their person's account: its record says this role and this very moment, once."""
    records = AuditRecord.objects.filter(act__in=BEGINNINGS).values_list("subject_id", "at", "changes__standing__1")
    told = {person: (at, words.split(", ")[0]) for person, at, words in records.iterator()}
    granted = Membership.objects.values_list("pk", "person", "from_at", "role")
    found = defaultdict(list)
    with override(settings.LANGUAGE_CODE):  # as records are written
        for pk, person, since, role in granted.iterator():
            if told.get(str(person)) == (since, str(label_of(role))):
                found[person].append(pk)
    return {ids[0] for ids in found.values() if len(ids) == 1}


def ended_with_accounts():
    """The ids of roles that ended when their person's account was closed: its record names as many such roles."""
    records = AuditRecord.objects.filter(act="user.close").values_list("subject_id", "at", "changes__roles__0")
    told = {
        (person, at): Counter(words.split(", ")[0] for words in roles or ()) for person, at, roles in records.iterator()
    }
    ended = Membership.objects.over()
    found = defaultdict(list)
    with override(settings.LANGUAGE_CODE):  # as records are written
        for pk, person, since, until, role in ended.values_list(
            "pk", "person", "from_at", "until_at", "role"
        ).iterator():
            for at in {until, since}:  # a role that was to begin later ends as it begins
                if (place := (str(person), at)) in told:
                    found[place, str(label_of(role))].append(pk)
    return {pk for (place, words), ids in found.items() if len(ids) <= told[place][words] for pk in ids}


statuses = Proof(Statuses())
