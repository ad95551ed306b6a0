"""The register of evaluators as officers look through it."""

from django.db.models import DateField, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.languages import languages_by_name, names_of
from accounts.models import User
from accounts.roles import is_evaluator
from core import clock
from core.days import day_of
from core.lists import Column, RowList, choice, search
from core.lists.kinds import WHOLE
from core.spelling import InOrder
from evaluation.actions.register import action_types
from evaluation.shown.register import code_of, in_words


class RegisterList(RowList):
    """Every evaluator there is, in the register or not yet."""

    title = _("Register of evaluators")
    empty_text = _("No evaluator matches.")
    name = "register-of-evaluators"
    default_sort = "name"
    columns = (
        Column("name", _("Name"), lambda row: row.name, sort="name_order", url=lambda row: url_of(row)),
        Column("place", _("Organisation, entity or State"), lambda row: place_of(row)),
        Column("keywords", _("Keywords"), lambda row: said(row, lambda entry: ", ".join(entry.keywords)), wide=True),
        Column("actions", _("Action types"), lambda row: said(row, lambda entry: ", ".join(entry.actions)),
               text=lambda row: said(row, lambda entry: " ".join(map(code_of, entry.actions)))),
        Column("languages", _("Languages"), lambda row: said(row, lambda entry: ", ".join(entry.languages)),
               text=lambda row: said(row, lambda entry: names_of(entry.languages))),
        Column("most", _("At most in one call"), lambda row: said(row, lambda entry: entry.most or ""), numeric=True,
               code=lambda row: said(row, lambda entry: entry.most) or None, kind=WHOLE),
        Column("absences", _("Away"), lambda row: said(row, lambda entry: ", ".join(entry.absences)),
               text=lambda row: said(row, lambda entry: "; ".join(in_words(entry.absences, since=row.today)))),
    )  # fmt: skip
    filters = (
        search("name", "email"),
        choice("action", _("Action type"), lambda: action_types(),
               narrow=lambda rows, value: rows.filter(register_entry__actions__contains=[value])),
        choice("language", _("Language"), languages_by_name,
               narrow=lambda rows, value: rows.filter(register_entry__languages__contains=[value])),
        choice("entry", _("In the register"), [("yes", _("yes")), ("no", _("not yet"))],
               narrow=lambda rows, value: rows.filter(HAS_ENTRY[value])),
    )  # fmt: skip

    def all_rows(self):
        rows = User.objects.visible_to(self.user).of(is_evaluator).select_related("register_entry")
        today = Value(day_of(clock.now()), DateField())
        return rows.annotate(name_order=InOrder("name"), today=today).defer("password")


HAS_ENTRY = {"yes": Q(register_entry__isnull=False), "no": Q(register_entry__isnull=True)}


def entry_of(person):
    """The person's entry in the register, or None."""
    return getattr(person, "register_entry", None)


def said(person, words):
    entry = entry_of(person)
    return words(entry) if entry else ""


def url_of(person):
    entry = entry_of(person)
    return entry.get_absolute_url() if entry else None


def place_of(person):
    return person.organisation_name or person.entity or person.state
