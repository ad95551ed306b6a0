"""Who looked, as a list."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.roles import label_of
from applications.models import Application
from core.fields import CleanCharField
from core.lists import Column, Filter, RowList, choice
from core.lists.columns import holding
from core.lists.kinds import CODE, MOMENT, WHOLE
from core.spelling import Folded, folded
from reports.columns import moment
from reports.lists.days import days
from reports.models import AccessEntry, TrailRecord

MOST_PEOPLE = 20  # of one name
UNWANTED = {AccessEntry.Kind.REFUSED, AccessEntry.Kind.SIGN_IN_FAILED}


def role_of(row):
    return label_of(row.person_role) if row.person_role else ""


ANSWERS = {  # of HTTP, as people say it
    2: _("given"), 3: _("led on to another page"), 304: _("known already"), 4: _("refused"), 401: _("asked to sign in"),
    404: _("not there, or not for this person"), 409: _("refused: not possible then"), 412: _("refused: changed since"),
    429: _("refused: too often"), 5: _("a fault of ours"), 503: _("the site paused"),
}  # fmt: skip


def answer_in_words(status):
    return ANSWERS.get(status) or ANSWERS.get((status or 0) // 100, "")


def by_person(rows, text):
    """People whose name has these words, as they are called now."""
    found = holding(User.objects, folded(text).split(), Folded(F("name"))).order_by("pk")[:MOST_PEOPLE]
    ids = [str(pk) for pk in found.values_list("pk", flat=True)]
    return rows.filter(person_id=ids[0]) if len(ids) == 1 else rows.filter(person_id__in=ids)


def by_number(rows, text):
    found = Application.objects.filter(reference=text.upper()).first()
    return rows.at(found) if found else rows.none()


def text_filter(name, label, narrow):
    return Filter(name, lambda: CleanCharField(label=label, required=False, max_length=100), narrow, label=label)


class AccessList(RowList):
    """The access log, newest first, as far as this person may see it."""

    title = _("Who looked")
    empty_text = _("Nobody looked.")
    name = "access-log"
    default_sort = "-at"
    page_size = 50
    columns = (
        Column("at", _("Time (Brussels)"), lambda row: row.at, text=lambda row: moment(row.at), sort="at", kind=MOMENT),
        Column("person", _("Who"), lambda row: row.person_name, text=lambda row: row.person_name or _("nobody known")),
        Column("role", _("Role"), lambda row: row.person_role, text=role_of),
        Column("organisation", _("Organisation"), lambda row: row.organisation_name),
        Column("kind", _("What"), lambda row: row.kind, text=lambda row: row.get_kind_display(), kind=CODE,
               choices=AccessEntry.Kind, tone=lambda row: "bad" if row.kind in UNWANTED else None),
        Column("subject", pgettext_lazy("of a record", "On"), lambda row: row.subject_name),
        Column("page", _("Page or file"), lambda row: row.file or row.page),
        Column("door", _("Through"), lambda row: row.door, text=lambda row: row.get_door_display(), kind=CODE,
               choices=AccessEntry.door.field.choices),
        Column("status", _("Answer"), lambda row: row.status, text=lambda row: answer_in_words(row.status), kind=WHOLE),
    )  # fmt: skip
    filters = (
        text_filter("person", _("Who"), by_person),
        text_filter("number", _("Number of the application"), by_number),
        choice("kind", _("What"), AccessEntry.Kind.choices),
        choice("door", _("Door"), [(one.value, one.label) for one in (TrailRecord.Door.WEB, TrailRecord.Door.API)]),
        *days(),
    )

    def all_rows(self):
        return AccessEntry.objects.visible_to(self.user).defer("scope", "request_id")
