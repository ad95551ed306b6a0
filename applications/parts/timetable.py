"""Timetable: when the action starts, how long it lasts, and what happens when."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from applications.models import Milestone
from applications.parts.base import Part, Writing, missing
from applications.parts.columns import require_few, require_valid, set_fields, values
from applications.parts.forms.rows import TimetableForm
from applications.parts.incoming import Day, Words
from core.days import day_of as day_of_moment
from core.errors import Incomplete
from core.formats import brussels_day
from core.numbers import Whole

MOST_MILESTONES = 100
MILESTONE_FIELDS = ("title", "first_month", "last_month")


class MilestoneSerializer(serializers.Serializer):
    told_apart_by = ("id",)

    id = serializers.UUIDField(required=False)
    title = Words(max_length=200)
    first_month = Whole(required=False, allow_null=True, min_value=1, max_value=120)
    last_month = Whole(required=False, allow_null=True, min_value=1, max_value=120)


class TimetableSerializer(serializers.Serializer):
    starts_on = Day()
    months = Whole(required=False, allow_null=True, min_value=1, max_value=120)
    milestones = MilestoneSerializer(many=True, required=False)


class Timetable(Part):
    name = "timetable"
    label = _("Timetable")
    place = 40
    empty = {"starts_on": None, "months": None, "milestones": []}
    form = TimetableForm
    incoming = TimetableSerializer
    row_model = Milestone
    makes_rows = True
    edit_template = "applications/edit/timetable.html"

    def read(self, application):
        return self.said_with(application, MILESTONE_FIELDS)

    def for_editing(self, application):
        said = self.said_with(application, ("id", *MILESTONE_FIELDS))
        return said | {"milestones": [{**one, "id": str(one["id"])} for one in said["milestones"]]}

    def said_with(self, application, names):
        return {
            "starts_on": application.starts_on.isoformat() if application.starts_on else None,
            "months": application.months,
            "milestones": [values(one, names) for one in sorted(application.milestones.all(), key=by_month)],
        }

    def write(self, application, said, *, by, at):
        if "starts_on" in said:
            application.starts_on = day_of(said["starts_on"])
        set_fields(application, self.name, said, ("months",))
        return write_milestones(application, said["milestones"]) if "milestones" in said else Writing()

    def gaps(self, content, call):
        said = content[self.name]
        gaps = missing(
            starts_on=(said["starts_on"], _("Say when the action starts.")),
            months=(said["months"], _("Say how many months the action lasts.")),
            milestones=(said["milestones"], _("Give at least one activity of the timetable.")),
        )
        if unfinished := next((one for one in said["milestones"] if flaw_of(one, said["months"])), None):
            gaps["milestones"] = flaw_of(unfinished, said["months"])
        return gaps

    def misfit(self, name, value, call):
        if name == "months" and int(value) > call.max_months:
            return say("The action lasts at most %(number)d months.") % {"number": call.max_months}
        if name == "starts_on" and date.fromisoformat(value) < (opens := day_of_moment(call.opens_at)):
            return say("No action of this call starts before %(day)s, when it opens.") % {"day": brussels_day(opens)}
        return ""

    def shown(self, content, application):
        rows = [[one[name] for name in MILESTONE_FIELDS] for one in content[self.name]["milestones"]]
        columns = [_("Activity"), _("From month"), _("To month")]
        return {"table": {"columns": columns, "rows": rows, "numeric": [1, 2]}}


def day_of(said):
    return date.fromisoformat(said) if isinstance(said, str) and said else said or None


def by_month(milestone):
    """What has no month yet comes last."""
    months = (milestone.first_month, milestone.last_month)
    return [(month is None, month or 0) for month in months], milestone.title


def flaw_of(milestone, months):
    """What stops an activity from being submitted, if anything does."""
    first, last, words = milestone["first_month"], milestone["last_month"], {**milestone, "months": months}
    if not (milestone["title"] and first and last):
        return _("“%(title)s”: name the activity and say from which month to which month it goes on.") % words
    if last < first:
        return _("“%(title)s” ends before it starts: change one of its months.") % words
    if months and last > months:
        return _("“%(title)s” ends after month %(months)s, the end of the action: change one.") % words
    return ""


def write_milestones(application, said):
    """`said` is the whole list: who is known by its `id` stays the same row, who is not in it leaves."""
    require_few(said, MOST_MILESTONES, "timetable.milestones")
    old = {str(one.pk): one for one in application.milestones.all()}
    require_own_ids(application, {str(one["id"]) for one in said if one.get("id")} - set(old))
    before, left, writing = [values(one, MILESTONE_FIELDS) for one in old.values()], dict(old), Writing()
    after = [put_milestone(writing, application, left, one, place) for place, one in enumerate(said)]
    writing.gone = list(left.values())
    if sorted(map(str, before)) != sorted(map(str, after)):
        writing.changes = {"milestones": [before, after]}
    return writing


def put_milestone(writing, application, left, said, place):
    """The row of that id, or one that says the same, or a new one; gives what it says now."""
    one = row_in(left, said) or Milestone(application=application, **key_of(said))
    before = (values(one, MILESTONE_FIELDS), one.order)
    for name in MILESTONE_FIELDS:
        setattr(one, name, said.get(name, getattr(one, name)))
    one.order = place
    require_valid(one, MILESTONE_FIELDS, place="timetable.milestones")
    if one._state.adding or before != (values(one, MILESTONE_FIELDS), one.order):
        writing.rows.append(one)
    return values(one, MILESTONE_FIELDS)


def row_in(left, said):
    if said.get("id"):
        return left.pop(str(said["id"]), None)
    wanted = {name: said.get(name) for name in MILESTONE_FIELDS}
    twin = next((key for key, one in left.items() if values(one, MILESTONE_FIELDS) == wanted), None)
    return left.pop(twin) if twin else None


def key_of(said):
    return {"pk": UUID(str(said["id"]))} if said.get("id") else {}


def require_own_ids(application, ids):
    if ids and Milestone.objects.filter(pk__in=ids).exclude(application=application).exists():
        raise Incomplete({"timetable.milestones": say("This id belongs to another row; leave it out for a new one.")})


PART = Timetable()
