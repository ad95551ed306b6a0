"""Each call whose evaluation has begun has its first round: of the moment and the officer that the trail names.

Its version is dated with the call's own version of then, so that the past is read with the round in which it was judged.
"""

from django.db import migrations

CLOCK = "clock@localhost.localdomain"  # the system user of accounts 0002
BEGUN = ["EVALUATION", "RANKED", "DECIDED"]
DATED = """
    ALTER TABLE programmes_roundevent DISABLE TRIGGER USER;
    UPDATE programmes_roundevent AS round SET pgh_created_at = begun.at
    FROM (
        SELECT pgh_obj_id, min(pgh_created_at) AS at FROM programmes_callevent
        WHERE status IN ('EVALUATION', 'RANKED', 'DECIDED') GROUP BY pgh_obj_id
    ) AS begun WHERE begun.pgh_obj_id = round.call_id AND round.ordinal = 1;
    ALTER TABLE programmes_roundevent ENABLE TRIGGER USER;
"""


def make(apps, schema_editor):
    Call, Round = apps.get_model("programmes", "Call"), apps.get_model("programmes", "Round")
    for call in Call.objects.filter(status__in=BEGUN, rounds=None):
        at, officer = beginning_of(call, apps)
        Round.objects.create(call=call, ordinal=1, cause="INITIAL", opened_at=at, opened_by_id=officer)


def beginning_of(call, apps):
    """A call without such a record was not opened by an act of this house: then its closing time, and the clock."""
    records = apps.get_model("audit", "AuditRecord").objects.filter(act="call.start_evaluation", subject_id=str(call.pk))
    people = apps.get_model("accounts", "User").objects
    if (record := records.first()) and people.filter(pk=record.actor_id).exists():
        return record.at, record.actor_id
    return call.closes_at, people.get(email=CLOCK).pk


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0006_rounds"),
        ("accounts", "0002_the_clock"),
        ("audit", "0001_initial"),
    ]
    operations = [
        migrations.RunPython(make, migrations.RunPython.noop),
        migrations.RunSQL(DATED, migrations.RunSQL.noop),
    ]
