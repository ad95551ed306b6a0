"""What waits for each role here, and the alarms of the law: six months to inform, 15 days to reject."""

from collections import Counter

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.roles import is_applicant, is_authorising, is_officer
from awards import deadlines
from awards.actions.order import with_undecided_review
from awards.budget import contribution_of, left_of
from awards.models import Decision, DecisionLine, Letter, Offer, Redress
from awards.permissions import may_decide
from awards.querysets import calls_to_decide, calls_with_reserve
from awards.states import DecisionPhase, DecisionStatus, LetterPhase
from core.counting import CAP, counted
from core.days import end_of
from core.desk import Waiting
from core.phases import for_each
from core.statuses import asked_for
from promises.models import Promise

SOON = 30  # days before a time limit at which it turns into a warning
TO_DO = for_each(
    DecisionStatus,
    {
        DecisionPhase.PREPARED: gettext_lazy(
            "Check the award decision on %(call)s and send it to the authorising officer."
        ),
        DecisionPhase.PROPOSED: gettext_lazy("The authorising officer takes the award decision on %(call)s."),
        DecisionPhase.DECIDED: gettext_lazy("Issue the letters on %(call)s."),
        DecisionPhase.ISSUED: gettext_lazy("The letters on %(call)s are issued."),
        DecisionPhase.DISCARDED: gettext_lazy("The award decision on %(call)s was discarded."),
    },
)


def waiting_for(user, at):
    rooms = {is_applicant: for_applicant, is_officer: for_officer, is_authorising: for_authorising}
    return [one for group, room in rooms.items() if group(user) for one in room(user, at)]


def for_applicant(user, at):
    return [*offers_to_answer(user), *letters_to_read(user)]


def offers_to_answer(user):
    """Offers from a reserve list; without an answer each lapses after its day."""
    return [
        Waiting(
            _("Accept or decline the offer for %(number)s.") % {"number": offer.application},
            offer.get_absolute_url(), end_of(offer.answer_by), tone="warning",
        )
        for offer in Offer.objects.visible_to(user).open().select_related("application", "line__decision")
    ]  # fmt: skip


def letters_to_read(user):
    """Unread letters, the one that counts as read first on top."""
    rows = Letter.objects.visible_to(user).unread().order_by("counts_as_read_at")
    unread = list(rows.only("counts_as_read_at")[: CAP + 1])
    if not unread:
        return []
    sentence = ngettext(
        "A letter waits for you: read it and confirm that you have.",
        "%(count)s letters wait for you: read them and confirm that you have.",
        len(unread),
    ) % {"count": counted(len(unread))}
    several = f"{reverse('letters')}?status={asked_for(LetterPhase.UNREAD)}"
    url = unread[0].get_absolute_url() if len(unread) == 1 else several
    return [Waiting(sentence, url, unread[0].counts_as_read_at, len(unread), "warning")]


def for_authorising(user, at):
    proposed = Decision.objects.visible_to(user).proposed().for_reading()
    return [
        waiting(
            _("Take the award decision on %(call)s.") % {"call": decision.call}, decision.get_absolute_url(),
            last_day_of(decision), at,
        )
        for decision in proposed if may_decide(user, decision)
    ]  # fmt: skip


def for_officer(user, at):
    return [
        *decisions_to_prepare(user, at),
        *decisions_in_work(user, at),
        *reviews_to_answer(user),
        *reserves_to_offer(user, at),
        *letters_late(user),
    ]


def reviews_to_answer(user):
    filed = Redress.objects.visible_to(user).filed().for_reading().order_by("filed_at")
    return [
        Waiting(_("Answer the request for review of %(row)s.") % {"row": one.application}, one.get_absolute_url())
        for one in filed
    ]


def reserves_to_offer(user, at):
    """Decided calls with money free for the next on their reserve list, which a review that was upheld comes before."""
    found = []
    for call in calls_with_reserve(user, at):
        line = DecisionLine.objects.of_call(call).in_force().on_reserve().for_reading().first()
        if line and fits(line, call) and not with_undecided_review(call).exists():
            words = {"call": call, "number": line.application}
            sentence = _("%(call)s: money is free. Offer it to %(number)s, the next on the reserve list.") % words
            found.append(waiting(sentence, reverse("prepare_again", args=[call.pk]), end_of(call.reserve_until), at))
    return found


def fits(line, call):
    offered = contribution_of(line.application.requested, call.max_contribution)
    return offered <= left_of(call.budget, DecisionLine.objects.of_call(call).in_force().awarded())


def decisions_to_prepare(user, at):
    return [
        waiting(
            _("Prepare the award decision on %(call)s.") % {"call": call}, reverse("prepare_decision", args=[call.pk]),
            inform_by(call), at,
        )
        for call in calls_to_decide(user)
    ]  # fmt: skip


def decisions_in_work(user, at):
    decisions = Decision.objects.visible_to(user).of_officers().for_reading()
    return [
        waiting(
            TO_DO[decision.status] % {"call": decision.call}, decision.get_absolute_url(),
            last_day_of(decision), at,
        )
        for decision in decisions
    ]  # fmt: skip


def letters_late(user):
    """Letters still unsent while successful applicants have been informed: 15 days, and they are running."""
    owed = unwritten()
    unsent = Decision.objects.visible_to(user).issued().with_letters().filter(Q(unsent__gt=0) | Q(pk__in=owed))
    return [
        Waiting(
            _("Letters on %(call)s are not sent yet: rejected applicants have to be informed within 15 days.")
            % {"call": decision.call},
            reverse("batch_progress", args=[decision.pk]),
            end_of(deadlines.reject_by(decision.first_sent_at or decision.issued_at)),
            decision.unsent + owed[decision.pk], "bad",
        )
        for decision in unsent.for_reading()
    ]  # fmt: skip


def unwritten():
    """{decision: how many of its letters the worker has still to write}; by what is owed, which is mostly nothing."""
    owed = Promise.objects.unkept("write_letter").values("subject_id")
    return Counter(DecisionLine.objects.filter(pk__in=owed).order_by().values_list("decision", flat=True)[:CAP])


def last_day_of(decision):
    """The months to inform applicants are those of the first decision."""
    return inform_by(decision.call) if decision.ordinal == 1 else None


def inform_by(call):
    return end_of(call.inform_by or deadlines.inform_by(call.closes_at))


def waiting(sentence, url, until, at):
    """The nearer the time limit, the louder."""
    if until is None:
        return Waiting(sentence, url)
    left = (until - at).days
    return Waiting(sentence, url, until, tone="bad" if left < 0 else "warning" if left < SOON else "info")
