"""Calls whose evaluation began before there were reminders get their look each morning; it ends by itself where nothing
is judged any more."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import migrations
from django.utils import timezone

BRUSSELS = ZoneInfo("Europe/Brussels")
CLOCK = 2  # the lane


def next_morning():
    day = timezone.now().astimezone(BRUSSELS).date() + timedelta(days=1)
    return datetime.combine(day, time(6), BRUSSELS)


def promise_mornings(apps, schema_editor):
    calls = apps.get_model("programmes", "Call").objects.filter(status__in=["EVALUATION", "RANKED", "DECIDED"])
    promises = apps.get_model("promises", "Promise").objects
    promises.bulk_create(
        [
            promises.model(
                kind="remind", lane=CLOCK, subject_id=call.pk, subject_name=call.reference, status="WAITING",
                made_at=timezone.now(), due_at=next_morning(), scope={"call": str(call.pk)},
            )
            for call in calls
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def forget(apps, schema_editor):
    apps.get_model("promises", "Promise").objects.filter(kind="remind").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0014_rapporteurs_together"),
        ("programmes", "0013_announced_order"),
        ("promises", "0012_notices"),
    ]

    operations = [migrations.RunPython(promise_mornings, forget)]
