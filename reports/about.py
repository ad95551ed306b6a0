"""What a report is about: one call, one fund, one Member State, or the whole house when none is named."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.member_states import MEMBER_STATES
from audit.scope import as_scope
from core.errors import WrongState
from programmes.models import Call, Fund

HOUSE, CALL, FUND, MEMBER_STATE = "house", "call", "fund", "member_state"
KINDS = {
    HOUSE: gettext_lazy("the whole house"),
    CALL: gettext_lazy("a call"),
    FUND: gettext_lazy("a fund"),
    MEMBER_STATE: gettext_lazy("a Member State"),
}


@dataclass(frozen=True)
class About:
    call: Call | None = None
    fund: Fund | None = None
    member_state: str = ""

    @classmethod
    def read(cls, data):
        """From what `as_data` gave; inside `as_of` with the rows as they were then."""
        return cls(
            call=found(Call.objects.select_related("fund"), data.get(CALL)),
            fund=found(Fund.objects, data.get(FUND)),
            member_state=data.get(MEMBER_STATE, ""),
        )

    def as_data(self):
        """{kind: id}, as a scope."""
        call, fund = (one.pk if one else None for one in (self.call, self.fund))
        return as_scope({CALL: call, FUND: fund, MEMBER_STATE: self.member_state})

    @property
    def kinds(self):
        return list(self.as_data()) or [HOUSE]

    def narrow(self, rows, path):
        """Those of these rows that it is about; `path` leads from a row to its application, empty for one itself."""
        to = f"{path}__" if path else ""
        wanted = {"call": self.call, "call__fund": self.fund, "applicant__member_state": self.member_state}
        return rows.filter(Q(**{to + name: value for name, value in wanted.items() if value}))

    def audit_scope(self):
        """Whose matter it is. Not a Member State's: who asks about it is no business of its own auditors."""
        if self.call:
            return self.call.audit_scope()
        return {FUND: self.fund.pk} if self.fund else {}

    def __str__(self):
        named = [self.call, self.fund and self.fund.short_name, MEMBER_STATES.get(self.member_state, self.member_state)]
        return " · ".join(str(one) for one in named if one)


def found(rows, pk):
    """The row, or a refusal: at that moment it was not there yet."""
    row = rows.filter(pk=pk).first() if pk else None
    if pk and row is None:
        raise WrongState(_("What the report is about was not there yet at that moment. Choose a later one."))
    return row
