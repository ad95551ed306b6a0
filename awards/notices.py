"""Whose turn it is once the list is signed: the authorising officer decides, an officer issues the letters."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import is_authorising, is_officer
from awards import deadlines
from awards.models import Decision
from awards.permissions import may_decide
from core.days import end_of
from promises.notices import Turn, tells


def decisions(asked, rows, group):
    """(decision, person) of these, each with everybody of the group who sees it: who is in conflict with its call does
    not."""
    rows = rows.select_related("call")
    if asked.row:
        rows = rows.filter(Q(pk=asked.row) | Q(call=asked.row))
    people = User.objects.asked_about(asked, group)
    return [(one, person) for person in people for one in rows.visible_to(person)]


def on_decision(decision, person):
    call = decision.call
    day = (call.inform_by or deadlines.inform_by(call.closes_at)) if decision.ordinal == 1 else None
    return Turn(
        person=person.pk, subject=decision.pk, occasion=f"{decision.status} {decision.stamp}", name=call.reference,
        path=decision.get_absolute_url(), until=end_of(day), scope={"call": decision.call_id},
    )  # fmt: skip


@tells(
    "to_decide",
    title=_("Award decisions to take, or to send back"),
    label=_("An award decision waits for you"),
    because=_("The law sets the day by which applicants are informed, so this mail always comes."),
    is_for=is_authorising,
)
def to_decide(asked):
    """Of whoever may: neither prepared it nor evaluated (FR Art. 74(5))."""
    found = decisions(asked, Decision.objects.proposed(), is_authorising)
    return [on_decision(decision, person) for decision, person in found if may_decide(person, decision)]


@tells(
    "to_issue",
    title=_("Letters that wait to be issued"),
    label=_("Letters on a decision wait to be issued"),
    because=_("The law sets the day by which applicants are informed, so this mail always comes."),
    is_for=is_officer,
)
def to_issue(asked):
    return [on_decision(one, person) for one, person in decisions(asked, Decision.objects.unissued(), is_officer)]
