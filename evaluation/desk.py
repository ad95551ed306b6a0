"""What waits here for each person, and until when."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import is_assessor, is_commission, is_officer
from core.days import day_of, end_of
from core.desk import Waiting
from evaluation.actions.ranked_lists import gaps_of_committee, has_conflict_in, is_evaluated
from evaluation.actions.unruled import unruled_in
from evaluation.models import Assessment, Consensus, PoolMember, RankedList, Seat
from evaluation.querysets import calls_under_evaluation
from evaluation.shown.left import left_behind
from evaluation.shown.work import work_on
from evaluation.states import ConsensusPhase
from programmes.models import Call

SOON = timedelta(days=3)
MOST_CALLS = 20  # those that closed first; the next ones come up when these are done


def waiting_for(user, at):
    second = second_eyes(user) if is_commission(user) else []
    if not is_assessor(user):
        return second
    organising = [*silent(at), *left_behind(), *calls_to_organise(user, at)] if is_officer(user) else []
    return [*invitations(user, at), *assessments(user, at), *reports(user), *seats(user, at), *second, *organising]


def second_eyes(user):
    """Lists that somebody else asks to set aside."""
    sentence = _("%(who)s asks to set the ranked list of %(call)s aside: agree, or let it stand.")
    return [
        Waiting(sentence % {"who": one.questioned_by, "call": one.call}, one.get_absolute_url(), tone="warning")
        for one in RankedList.objects.visible_to(user).questioned().exclude(questioned_by=user).with_names()
    ]


def invitations(user, at):
    """To accept or decline, by the last day."""
    found = []
    for one in PoolMember.objects.filter(person=user).answerable(day_of(at)).with_names().order_by("answer_by"):
        sentence = _("You are invited to assess applications of %(call)s: accept or decline.")
        until = end_of(one.answer_by)
        found.append(Waiting(sentence % {"call": one.call}, one.get_absolute_url(), until, tone=tone_of(until, at)))
    return found


def silent(at):
    """Invitations that nobody answered in time, call by call."""
    found = []
    for one in PoolMember.objects.overdue_by_call(day_of(at)):
        sentence = ngettext(
            "%(call)s: one person has not answered the invitation in time. Invite somebody else.",
            "%(call)s: %(count)d people have not answered their invitations in time. Invite others.",
            one["number"],
        )
        words = {"call": one["reference"], "count": one["number"]}
        url = reverse("pool", args=[one["call"]])
        found.append(Waiting(sentence % words, url, count=one["number"], tone="warning"))
    return found


def assessments(user, at):
    """One line for each call: how many, and when the first is due."""
    waiting = Assessment.objects.of(user).unfinished().under_evaluation()
    return [of_one_call(one, at) for one in waiting.by_call().order_by("first")]


def of_one_call(found, at):
    words = {"call": found["application__call__reference"], "count": found["number"]}
    sentence = ngettext(
        "Assess one application of %(call)s and sign.",
        "Assess %(count)d applications of %(call)s and sign each.",
        found["number"],
    )
    return Waiting(
        sentence % words, reverse("evaluation"), found["first"], found["number"], tone_of(found["first"], at)
    )


def tone_of(until, at):
    if until < at:
        return "error"
    return "warning" if until - at < SOON else "info"


def reports(user):
    """Consensus reports to write or to approve."""
    found = []
    for one in Consensus.objects.visible_to(user).waiting_for(user).with_names().order_by("number"):
        sentence = _("Write the consensus report of %(number)s.")
        if one.stands_in(ConsensusPhase.PROPOSED):
            sentence = _("Read the consensus report of %(number)s and approve it, or send it back.")
        found.append(Waiting(sentence % {"number": one.number}, one.get_absolute_url(), tone="warning"))
    return found


def seats(user, at):
    """Declarations and signatures of a committee member."""
    found = []
    mine = Seat.objects.filter(member=user).unsigned().under_evaluation().with_names()
    drawn = set(RankedList.objects.to_sign().values_list("call_id", flat=True))
    for seat in mine.order_by("call_reference"):
        words, url = {"call": seat.call_reference}, seat.get_absolute_url()
        if seat.declared_at is None:
            sentence = _("You sit on the committee of %(call)s: declare that you have no conflict of interest.")
            found.append(Waiting(sentence % words, url, end_of(seat.call.inform_by), tone="warning"))
        elif seat.call_id in drawn:
            sentence = _("Read the ranked list of %(call)s and sign the evaluation record.")
            found.append(Waiting(sentence % words, url, end_of(seat.call.inform_by), tone="warning"))
    return found


# the officer


def calls_to_organise(user, at):
    calls = Call.objects.visible_to(user).filter(pk__in=calls_under_evaluation()).order_by("closes_at")
    return [one for call in calls.defer("topic", "parts", "legal")[:MOST_CALLS] for one in organising(call, user, at)]


def organising(call, user, at):
    """What an officer can do now on one call: assign, remind, appoint, draw up."""
    work = work_on(call, user, at=at)
    found = [
        (work.short, "assign", "warning", ngettext(
            "%(call)s: one application lacks evaluators. Assign them.",
            "%(call)s: %(count)s applications lack evaluators. Assign them.", work.short)),
        (work.late, "evaluation_of_call", "error", ngettext(
            "%(call)s: one assessment is late. Ask its evaluator.",
            "%(call)s: %(count)s assessments are late. Ask their evaluators.", work.late)),
        (work.ready, "appoint_rapporteur", "warning", ngettext(
            "%(call)s: one application waits for its rapporteur.",
            "%(call)s: %(count)s applications wait for their rapporteurs.", work.ready)),
    ]  # fmt: skip
    waiting = [waiting_on(call, *one, and_more=work.and_more) for one in found if one[0]]
    return waiting + ranking(call, user)


def waiting_on(call, count, name, tone, sentence, *, and_more):
    url, words = reverse(name, args=[call.pk]), {"call": call, "count": f"{count}+" if and_more else count}
    return Waiting(sentence % words, url, end_of(call.inform_by), count, tone)


def ranking(call, user):
    """What leads to the signed list and only an officer can do: complete the committee, rule, draw up, write a tie's
    order down."""
    if has_conflict_in(call, user):
        return []
    if drawn := RankedList.objects.of_last_round(call).standing().only("open_ties").first():
        return [tie_to_settle(call, drawn)] if drawn.open_ties else []
    if not is_evaluated(call):
        return []
    if gaps_of_committee(call.seats.sitting()):
        sentence = _("%(call)s: everything is evaluated, and its committee is not complete. Appoint its members.")
        return [of_the_call(call, sentence, reverse("committee", args=[call.pk]))]
    if found := unruled_in(call):
        return [conflicts_to_rule_on(call, len(found))]
    sentence = _("%(call)s: everything is evaluated. Draw up the ranked list.")
    return [of_the_call(call, sentence, reverse("draw_up", args=[call.pk]))]


def of_the_call(call, sentence, url):
    return Waiting(sentence % {"call": call}, url, end_of(call.inform_by), tone="warning")


def tie_to_settle(call, ranked_list):
    sentence = _("%(call)s: the committee decides the order of those who are equal. Write it down; then it can sign.")
    return of_the_call(call, sentence, reverse("settle_tie", args=[ranked_list.pk]))


def conflicts_to_rule_on(call, number):
    """Asked once everything else is there: the list cannot be drawn up before."""
    sentence = ngettext(
        "%(call)s: one conflict found waits for a ruling before the list.",
        "%(call)s: %(count)d conflicts found wait for a ruling before the list.",
        number,
    )
    url = reverse("conflicts", args=[call.pk])
    return Waiting(sentence % {"call": call, "count": number}, url, end_of(call.inform_by), number, "warning")
