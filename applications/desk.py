"""What waits for a person about applications: unsent work for the applicant, checks for the officer."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import is_applicant, is_officer
from applications.models import Application, Clarification, Duty, Hearing, Participation
from applications.notices.duties import address_of
from applications.parts import label_of
from applications.querysets import TEXTS, calls_to_check
from applications.states import ApplicationPhase
from core.counting import counted
from core.days import day_of, end_of
from core.desk import Waiting

SOON = timedelta(days=2)
MOST_CALLS = 20  # those that closed first; the next ones come up when these are done


def waiting_for(user, at):
    mine = applicants_own(user, at) if is_applicant(user) else []
    return [*mine, *([*notices_to_settle(user), *checks_to_decide(user, at)] if is_officer(user) else [])]


def applicants_own(user, at):
    asked = [*questions_to_answer(user), *notices_to_answer(user)]
    return [*unsent_work(user, at), *asked, *invitations_to_answer(user, at), *parts_to_write(user, at)]


def parts_to_write(user, at):
    """Parts that colleagues have given to this person, or the coordinator of somebody else's proposal."""
    today = day_of(at)
    rows = Duty.objects.awaited(at).filter(stays=True).of_person(user.pk).select_related("application", "participation")
    sentence = _("%(name)s: write “%(part)s”, which is given to you.")
    return [
        Waiting(
            sentence % {"name": one.application, "part": label_of(one.part)}, address_of(one), until=end_of(one.due_on),
            tone="bad" if one.is_over(today) else "warning" if one.due_on - today <= SOON else "info",
        )
        for one in rows.order_by("due_on")[:20]
    ]  # fmt: skip


def unsent_work(user, at):
    """Drafts, and submitted applications with later edits, of calls that are still open."""
    rows = Application.objects.visible_to(user).with_unsent_work().of_open_calls(at)
    open_ones = rows.select_related("call").defer(*TEXTS).order_by("call__closes_at")[:20]
    return [
        Waiting(
            sentence_about(application),
            application.get_absolute_url(),
            until=application.call.closes_at,
            tone="warning" if application.call.closes_at - at < SOON else "info",
        )
        for application in open_ones
    ]


def questions_to_answer(user):
    """Clarifications that the office waits for."""
    rows = Clarification.objects.visible_to(user).waiting().for_reading().order_by("due_on")[:20]
    return [
        Waiting(
            _("The office asks about %(name)s: answer.") % {"name": row.application}, row.get_absolute_url(),
            until=row.until, tone="warning",
        )
        for row in rows
    ]  # fmt: skip


def invitations_to_answer(user, at):
    """To take part in somebody else's proposal, while its call is open."""
    rows = Participation.objects.of_partner(user).waiting().for_reading().filter(application__call__closes_at__gt=at)
    return [
        Waiting(
            _("%(coordinator)s invites you to take part in its proposal: accept or decline.")
            % {"coordinator": row.application.applicant},
            row.get_absolute_url(), until=row.application.call.closes_at, tone="warning",
        )
        for row in rows.order_by("application__call__closes_at")[:20]
    ]  # fmt: skip


def notices_to_answer(user):
    """What the office intends to decide, while something may be said to it."""
    rows = Hearing.objects.visible_to(user).waiting().for_reading().order_by("due_on")[:20]
    return [
        Waiting(
            _("Before it decides on %(name)s, the office waits for your observations.") % {"name": row.application},
            row.get_absolute_url(), until=row.until, tone="warning",
        )
        for row in rows
    ]  # fmt: skip


def notices_to_settle(user):
    """Notices that the applicant has answered, or let pass: nothing adverse is decided before somebody settles them."""
    rows = Hearing.objects.visible_to(user).for_the_office().for_reading().order_by("due_on")[:20]
    words = {
        True: _("%(name)s: say how the observations are taken into account."),
        False: _("%(name)s: no observations came in time. Close the notice, or give more time."),
    }
    return [
        Waiting(words[bool(row.answer)] % {"name": row.application}, row.get_absolute_url(), tone="warning")
        for row in rows
    ]  # fmt: skip


def sentence_about(application):
    words = {"name": application, "version": application.versions}
    if application.stands_in(ApplicationPhase.PREPARING):
        return _("Complete and submit “%(name)s”.") % words
    return _("“%(name)s” has edits after version %(version)d: submit again to send them.") % words


def checks_to_decide(user, at):
    """Calls whose applications wait for their checks to be confirmed or overridden."""
    return [
        Waiting(
            ngettext(
                "%(call)s: decide about the checks of %(number)s application.",
                "%(call)s: decide about the checks of %(number)s applications.",
                call.waiting,
            )
            % {"call": call, "number": counted(call.waiting)},
            reverse("call_checks", args=[call.pk]),
            count=call.waiting,
        )
        for call in calls_to_check(user).only("reference", "status", "closes_at")[:MOST_CALLS]
    ]
