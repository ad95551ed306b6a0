"""What a report is about: one call, one fund, one Member State, or the whole house when none is named; and what narrows
it further."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.member_states import MEMBER_STATES
from accounts.models import Organisation
from applications.models import Application
from applications.states import LISTED, ApplicationStatus
from audit.scope import as_scope
from core.days import beginning_of
from core.errors import WrongState
from core.fields import YEARS
from core.formats import brussels_day
from core.lists.columns import anywhere
from core.spelling import Folded, folded
from programmes.models import Call, Fund, Passage

HOUSE, CALL, FUND, MEMBER_STATE = "house", "call", "fund", "member_state"
CLOSED_FROM, CLOSED_UNTIL, APPLICANT, STATUS, ACTION = "closed_from", "closed_until", "applicant", "status", "action"
KINDS = {
    HOUSE: gettext_lazy("the whole house"),
    CALL: gettext_lazy("a call"),
    FUND: gettext_lazy("a fund"),
    MEMBER_STATE: gettext_lazy("a Member State"),
    CLOSED_FROM: gettext_lazy("calls that closed from a day on"),
    CLOSED_UNTIL: gettext_lazy("calls that closed until a day"),
    APPLICANT: gettext_lazy("an applicant"),
    STATUS: gettext_lazy("applications of a status"),
    ACTION: gettext_lazy("an action type"),
}
FILTERS = tuple(kind for kind in KINDS if kind not in {HOUSE, CALL})  # what rows that lead to an application can obey
STATUSES = [(one.value, one.label) for one in ApplicationStatus if one in LISTED]
KNOWN_BY = [Folded(F(name)) for name in ("name", "latin_name", "registration_number", "vat_number")]


@dataclass(frozen=True)
class About:
    """`applicant` are words of its name, or its registration or VAT number; `status` is one of the application's,
    `action` the letter of an action type; the two days are those on which calls closed, in Brussels."""

    call: Call | None = None
    fund: Fund | None = None
    member_state: str = ""
    closed_from: date | None = None
    closed_until: date | None = None
    applicant: str = ""
    status: str = ""
    action: str = ""

    @classmethod
    def read(cls, data):
        """From what `as_data` gave; inside `as_of` with the rows as they were then."""
        texts = {kind: data.get(kind, "") for kind in (MEMBER_STATE, APPLICANT, STATUS, ACTION)}
        days = {kind: date.fromisoformat(data[kind]) for kind in (CLOSED_FROM, CLOSED_UNTIL) if kind in data}
        return cls(
            call=found(Call.objects.select_related("fund"), data.get(CALL)),
            fund=found(Fund.objects, data.get(FUND)),
            **texts,
            **days,
        )

    def as_data(self):
        """{kind: id or text}, as a scope."""
        rows = {CALL: self.call and self.call.pk, FUND: self.fund and self.fund.pk}
        return as_scope({**rows, **{kind: getattr(self, kind) for kind in FILTERS if kind != FUND}})

    @property
    def kinds(self):
        return list(self.as_data()) or [HOUSE]

    @property
    def scope(self):
        """As records name what they are about."""
        return {kind: value for kind, value in self.as_data().items() if kind in {CALL, FUND, MEMBER_STATE}}

    @property
    def is_one_whole_call(self):
        return self.kinds == [CALL]

    def narrow(self, rows, path):
        """Those of these rows that it is about; `path` leads from a row to its application, empty for one itself."""
        to = f"{path}__" if path else ""
        wanted = {to + name: value for name, value in self.conditions().items() if value}
        if self.applicant or self.action:
            wanted[f"{to}pk__in"] = self.applications().values("pk")
        return rows.filter(Q(**wanted)) if wanted else rows

    def conditions(self):
        """On columns of the application, of its call and of its applicant."""
        return {
            "call": self.call,
            "call__fund": self.fund,
            "call__closes_at__gte": self.closed_from and beginning_of(self.closed_from),
            "call__closes_at__lt": self.closed_until and beginning_of(self.closed_until + timedelta(days=1)),
            "applicant__member_state": self.member_state,
            "status": self.status,
        }

    def applications(self):
        """By what an application may have several of, or what is searched for in words."""
        rows = Application.objects.all()
        if self.applicant:
            rows = rows.filter(applicant__in=anywhere(Organisation.objects, folded(self.applicant).split(), KNOWN_BY))
        return rows.filter(actions__code__iexact=self.action) if self.action else rows

    def flaws(self):
        """{field: what cannot be}: narrowed like this it would be about nothing, and nobody would know why."""
        found = {}
        if self.call and self.fund and self.call.fund_id != self.fund.pk:
            words = {"call": self.call, "fund": self.call.fund}
            found[FUND] = _("%(call)s belongs to “%(fund)s”: choose that fund, or none.") % words
        if self.closed_from and self.closed_until and self.closed_until < self.closed_from:
            found[CLOSED_UNTIL] = _("The last closing day lies before the first.")
        for name in (CLOSED_FROM, CLOSED_UNTIL):
            if (day := getattr(self, name)) and day.year not in YEARS:
                found[name] = _("Check the year: it has four figures and is not far from today.")
        if self.action and not Passage.objects.filter(kind=Passage.Kind.ACTION_TYPE, code__iexact=self.action).exists():
            found[ACTION] = _("No fund has such an action type: give its letter.")
        return found

    def audit_scope(self):
        """Whose matter it is. Not a Member State's: who asks about it is no business of its own auditors."""
        if self.call:
            return self.call.audit_scope()
        return {FUND: self.fund.pk} if self.fund else {}

    def facts(self):
        """(term, text) of whatever narrows it beyond the call: printed in the head of each file."""
        named = {
            _("Fund"): self.fund and self.fund.name,
            _("Calls that closed from"): brussels_day(self.closed_from),
            _("Calls that closed until"): brussels_day(self.closed_until),
            _("Member State"): MEMBER_STATES.get(self.member_state, self.member_state),
            _("Applicant"): self.applicant,
            _("Status of the application"): self.status and ApplicationStatus(self.status).label,
            _("Action type"): self.action,
        }
        return [(term, str(text)) for term, text in named.items() if text]

    def __str__(self):
        """The call and the fund by their short names; what else narrows it in words."""
        days = {_("Calls that closed from"), _("Calls that closed until")}  # a day alone says neither
        narrowed = [f"{term}: {text}" if term in days else text for term, text in replace(self, fund=None).facts()]
        named = [self.call, self.fund and self.fund.short_name, *narrowed]
        return " · ".join(str(one) for one in named if one)


def found(rows, pk):
    """The row, or a refusal: at that moment it was not there yet."""
    row = rows.filter(pk=pk).first() if pk else None
    if pk and row is None:
        raise WrongState(_("What the report is about was not there yet at that moment. Choose a later one."))
    return row
