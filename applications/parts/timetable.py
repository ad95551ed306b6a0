"""Timetable: when the action starts, how long it lasts, and what happens when."""

from datetime import date

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from applications.models import Milestone
from applications.parts.base import Part, Writing, missing
from applications.parts.columns import require_few, require_valid, set_fields, values
from applications.parts.forms.rows import TimetableForm
from applications.parts.incoming import Day, Words
from core.errors import Incomplete

MOST_MILESTONES = 100
MILESTONE_FIELDS = ("title", "first_month", "last_month")


class MilestoneSerializer(serializers.Serializer):
    title = Words(max_length=200, required=True, allow_blank=False)
    first_month = serializers.IntegerField(min_value=1, max_value=120)
    last_month = serializers.IntegerField(min_value=1, max_value=120)


class TimetableSerializer(serializers.Serializer):
    starts_on = Day()
    months = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=120)
    milestones = MilestoneSerializer(many=True, required=False)


class Timetable(Part):
    name = "timetable"
    label = _("Timetable")
    place = 40
    empty = {"starts_on": None, "months": None, "milestones": []}
    form = TimetableForm
    incoming = TimetableSerializer
    edit_template = "applications/edit/timetable.html"

    def read(self, application):
        milestones = [values(one, MILESTONE_FIELDS) for one in application.milestones.all()]
        return {
            "starts_on": application.starts_on.isoformat() if application.starts_on else None,
            "months": application.months,
            "milestones": sorted(milestones, key=lambda one: (one["first_month"], one["last_month"], one["title"])),
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
        late = [one["title"] for one in said["milestones"] if said["months"] and one["last_month"] > said["months"]]
        if late:
            words = {"title": late[0], "months": said["months"]}
            sentence = _("“%(title)s” ends after month %(months)s, the end of the action: change one.")
            gaps["milestones"] = sentence % words
        return gaps

    def shown(self, content, application):
        rows = [[one[name] for name in MILESTONE_FIELDS] for one in content[self.name]["milestones"]]
        columns = [_("Activity"), _("From month"), _("To month")]
        return {"table": {"columns": columns, "rows": rows, "numeric": [1, 2]}}

    def field_of(self, gap, content):
        return "m0-title" if gap == "milestones" else gap


def day_of(said):
    return date.fromisoformat(said) if isinstance(said, str) and said else said or None


def write_milestones(application, said):
    require_few(said, MOST_MILESTONES, "timetable.milestones")
    old = list(application.milestones.all())
    new = [Milestone(application=application, order=place, **one) for place, one in enumerate(said)]
    for one in new:
        require_valid(one, MILESTONE_FIELDS, place="timetable.milestones")
        if one.last_month < one.first_month:
            sentence = say("“%(title)s” ends before it starts: change one of its months.") % {"title": one.title}
            raise Incomplete({"timetable.milestones": sentence})
    before, after = [values(one, MILESTONE_FIELDS) for one in old], [values(one, MILESTONE_FIELDS) for one in new]
    if before == after:
        return Writing()
    return Writing(changes={"milestones": [before, after]}, rows=new, gone=old)


PART = Timetable()
