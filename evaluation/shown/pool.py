"""A place in the pool of a call, in words."""

from django.db.models import Count
from django.utils.translation import gettext as _

from core.days import day_of
from core.formats import brief, brussels, brussels_day
from evaluation.models import PoolMember
from evaluation.states import PoolMemberPhase


def answer_of(member, written=brief):
    """When somebody answered, and that it was late; nothing where no answer came in."""
    if not member.answered_at:
        return ""
    sentence = _("%(at)s, late") if day_of(member.answered_at) > member.answer_by else "%(at)s"
    return sentence % {"at": written(member.answered_at)}


def facts_of(member, *, for_the_office):
    """(label, text) of one place; why somebody did not come, or went, is for the office alone."""
    found = [
        (_("Call"), f"{member.call.reference}: {member.call.title}"),
        (_("What is asked"), member.task),
        (_("Assessments until"), brussels_day(member.work_until) or _("not said")),
        (_("Assessments, at most"), member.most or _("no limit")),
        (_("Last day to answer"), _("%(day)s, until midnight in Brussels") % {"day": brussels_day(member.answer_by)}),
        (_("Invited"), f"{brussels(member.invited_at)}, {member.invited_by}"),
        (_("Answered"), answer_of(member, brussels) or _("not yet")),
    ]
    if member.ended_at:
        found.append((_("Ended"), brussels(member.ended_at)))
    if for_the_office and member.why:
        found.append((_("Why"), member.why))
    return found


def figures_of(call, user, today):
    """{asked, accepted, waiting, silent, declined, gone}: how many of the pool stand where."""
    rows = PoolMember.objects.visible_to(user).of_call(call)
    by_status = dict(rows.order_by().values_list("status").annotate(Count("pk")))
    counts = {name: sum(by_status.get(one, 0) for one in group) for name, group in GROUPS.items()}
    counts["silent"] = rows.invited().filter(answer_by__lt=today).count()
    return counts | {"asked": sum(by_status.values()), "waiting": counts["waiting"] - counts["silent"]}


GROUPS = {
    "accepted": PoolMemberPhase.ACCEPTED,
    "waiting": PoolMemberPhase.INVITED,
    "declined": PoolMemberPhase.DECLINED,
    "gone": PoolMemberPhase.GONE,
}


def what_happened(member):
    """Why somebody of the pool has to be replaced, in a sentence."""
    if member.stands_in(PoolMemberPhase.INVITED):
        return _("%(who)s has not answered by %(day)s.") % {"who": member.person, "day": brussels_day(member.answer_by)}
    if member.stands_in(PoolMemberPhase.ACCEPTED):
        return _("%(who)s accepted and is away on half of the next days or more.") % {"who": member.person}
    words = {"who": member.person, "status": member.get_status_display(), "why": member.why}
    return (_("%(who)s: %(status)s. %(why)s") if member.why else _("%(who)s: %(status)s.")) % words
