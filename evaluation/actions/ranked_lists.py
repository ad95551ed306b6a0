"""The ranked list: drawn up from approved reports, signed by the committee, frozen with the last signature."""

from decimal import Decimal
from itertools import combinations

from django.utils.translation import gettext as _

from accounts.models import User
from applications.models import Application
from core.errors import Incomplete, WrongState
from core.language import house_words
from evaluation.actions.falling import end
from evaluation.actions.guards import is_under_evaluation
from evaluation.actions.unruled import gap_of_rulings
from evaluation.models import Assessment, Consensus, RankedEntry, RankedList, Seat
from evaluation.permissions import conflict_in_call
from evaluation.ranking import FORMAT, Candidate, Decided, Terms, facts, facts_of, open_ties, ranked, seal_of, sealed
from evaluation.states import RANKED_LIST, SEAT, SeatPhase
from programmes.actions import conclude_ranking
from programmes.actions.moves import forgotten
from programmes.states import CallPhase
from programmes.ties import announced
from promises.actions import tell_whose_turn

LEAST_MEMBERS, LEAST_ENTITIES = 3, 2  # FR Art. 150


def draw_up_list(call, *, by, at=None):
    """Rank every evaluated application of the call; the committee signs what comes out."""
    return draw_up(RankedList(call=call), by=by, at=at)


@RANKED_LIST.action("draw_up")
def draw_up(ranked_list, *, by, at):
    call = ranked_list.call
    seats = list(call.seats.sitting().order_by("pk"))
    require_time_to_rank(call)
    require_everything_for(call, seats)
    ranked_list.round, ranked_list.format = call.rounds.last(), FORMAT
    ranked_list.tie_decisions = ranked_list.tie_decisions or decided_in(ranked_list.round)
    entries = entries_of(call, ranked_list.tie_decisions)
    ranked_list.drawn_by, ranked_list.drawn_at, ranked_list.budget = by, at, call.budget
    ranked_list.sha256, ranked_list.open_ties = seal_of(map(facts_of, entries)), open_ties(entries)
    RankedEntry.objects.bulk_create(row_of(entry, ranked_list) for entry in entries)
    ask_for_new_signatures(seats, at=at)
    tell_whose_turn(ranked_list)
    return {"entries": [0, len(entries)]}


def require_time_to_rank(call):
    if not is_under_evaluation(call):
        raise WrongState(
            _("The call %(call)s is now “%(status)s”; its list is drawn up while it is under evaluation.")
            % {"call": call, "status": call.get_status_display()}
        )
    if has_list_of_its_last_round(call):
        raise WrongState(
            _("%(call)s has its ranked list already. Discard it before you draw up another.") % {"call": call}
        )


def has_list_of_its_last_round(call):
    return RankedList.objects.of_last_round(call).standing().exists()


def has_conflict_in(call, by):
    return Assessment.objects.of_call(call).conflicted().filter(evaluator=by).exists()


def require_everything_for(call, seats):
    gaps = {f"committee_{place}": sentence for place, sentence in enumerate(gaps_of_committee(seats), 1)}
    if sentence := gap_of_applications(call):
        gaps["applications"] = sentence
    elif sentence := gap_of_rulings(call):
        gaps["conflicts"] = sentence
    if gaps:
        raise Incomplete(gaps)


def missing_for_list(call, by):
    """What still stands between this call and its ranked list, as sentences for this officer."""
    if sentence := conflict_in_call(by, RankedList(call=call)):
        return [sentence]
    sentence = gap_of_applications(call) or gap_of_rulings(call)
    return ([sentence] if sentence else []) + gaps_of_committee(Seat.objects.filter(call=call).sitting())


def gap_of_applications(call):
    if left := forgotten(call, "draw_up"):
        return _("Not evaluated yet: %(numbers)s. Each needs its approved consensus report first.") % {"numbers": left}
    if not Application.objects.of_call(call).evaluated().exists():
        return _("No application of this call was evaluated; there is nothing to rank.")
    return None


def is_evaluated(call):
    """Whether no application is missing any more; why not, says `missing_for_list`."""
    applications = Application.objects.of_call(call)
    return not applications.forgotten_by("draw_up").exists() and applications.evaluated().exists()


def gaps_of_committee(seats):
    """What the committee lacks of the Financial Regulation's Art. 150, as sentences."""
    seats, found = list(seats), []
    if len(seats) < LEAST_MEMBERS:
        found.append(
            _("The committee has %(number)d of at least %(least)d members: appoint more.")
            % {"number": len(seats), "least": LEAST_MEMBERS}
        )
    if not any(independent(a.entity, b.entity) for a, b in combinations(seats, 2)):
        found.append(
            _("The committee needs members of at least two entities without a hierarchical link between them.")
        )
    if all(seat.under_authorising_officer for seat in seats):
        found.append(_("The committee needs at least one member who is not under the authorising officer responsible."))
    return found


def independent(one, other):
    """HOME.D and HOME.E are, HOME.D and HOME.D.1 are not: one is above the other."""
    one, other = one.strip().casefold(), other.strip().casefold()
    return one != other and not one.startswith(f"{other}.") and not other.startswith(f"{one}.")


# from reports to rows


def judged(call):
    """The applications of a call that are evaluated, or about to be."""
    rows = Application.objects.of_call(call).select_related("applicant", "call").prefetch_related("partners")
    return rows.judged().order_by("reference")


def decided_in(round):
    """What the committee decided about ties in this round counts for its next list too, where the same are equal."""
    kept = RankedList.objects.filter(round=round).values_list("tie_decisions", flat=True)
    return max(kept, key=len, default=[])  # each list begins with those of the list before


def entries_of(call, tie_decisions):
    """Sentences in the house's own language, whoever draws: the same reports give the same bytes."""
    with house_words():
        return ranked(candidates_of(call), terms_of(call, tie_decisions))


def terms_of(call, tie_decisions=()):
    return Terms(
        criteria=tuple(call.criteria.all()),
        tie_break=tuple(announced(call)),
        overall_threshold=call.overall_threshold,
        budget=call.budget,
        has_reserve=call.has_reserve,
        topics=tuple(call.topic_order),
        decided={
            frozenset(one["order"]): Decided(order=tuple(one["order"]), reason=one["reason"]) for one in tie_decisions
        },
    )


def candidates_of(call):
    reports = Consensus.objects.of_call(call).in_force().of_evaluated().select_related("application")
    for report in reports.prefetch_related("scores__criterion", "application__actions"):
        one = report.application
        yield Candidate(
            key=str(one.pk),
            number=one.reference,
            submitted_at=one.submitted_at,
            points={row.criterion.code: row.points for row in report.scores.all()},
            contribution=one.requested or Decimal(0),
            topics=tuple(sorted(topic.code for topic in one.actions.all())),
        )


def row_of(entry, ranked_list):
    named = facts_of(entry)
    return RankedEntry(
        ranked_list=ranked_list, application_id=entry.candidate.key, position=entry.position, rank=entry.rank,
        place=entry.place, stage=entry.stage, total=entry.total, points=named["points"], tie_break=entry.tie_break,
        reason=entry.reason,
        contribution=entry.candidate.contribution, cumulative=entry.cumulative,
    )  # fmt: skip


def kept_facts(ranked_list):
    """The same facts, read back from the kept rows."""
    for row in ranked_list.entries.select_related("application"):
        yield facts(
            position=row.position, rank=row.rank, application=str(row.application_id),
            number=row.application.reference, place=row.place, stage=row.stage, total=row.total, points=row.points,
            tie_break=row.tie_break, reason=row.reason,
            contribution=row.contribution, cumulative=row.cumulative,
        )  # fmt: skip


def kept_seal(ranked_list):
    """The seal of the kept rows, as lists of its format are sealed."""
    return seal_of(kept_facts(ranked_list), ranked_list.format)


def sealed_text(ranked_list):
    """The text of the kept rows that has this hash."""
    return sealed(kept_facts(ranked_list), ranked_list.format)


def require_intact(ranked_list):
    """What is signed is what was drawn up, and what would be drawn up again."""
    again = seal_of(map(facts_of, entries_of(ranked_list.call, ranked_list.tie_decisions)), ranked_list.format)
    if not ranked_list.sha256 == kept_seal(ranked_list) == again:
        raise WrongState(
            _("This list no longer agrees with the reports it was drawn from. Discard it and draw it up anew.")
        )


def ask_for_new_signatures(seats, *, at):
    """Signatures under a discarded list do not count for this one."""
    for seat in seats:
        if seat.stands_in(SeatPhase.SIGNED):
            ask_again(seat, by=User.objects.clock(), at=at)


@SEAT.action("ask_again")
def ask_again(seat, *, by, at):
    seat.signed_at, seat.signed_sha256 = None, ""


@RANKED_LIST.action("discard")
def discard_list(ranked_list, *, by, at):
    """It stays on file with its reason; a new one may be drawn up."""


@RANKED_LIST.action("question")
def question_list(ranked_list, *, by, at, reason):
    """One person asks to set the signed list aside; it stays in force until a second one agrees."""
    if not RankedList.objects.in_force().filter(pk=ranked_list.pk).exists():
        raise WrongState(_("A later list has taken the place of this one: nothing rests on it any more."))
    ranked_list.questioned_by, ranked_list.ended_reason = by, reason
    tell_whose_turn(ranked_list)


@RANKED_LIST.action("set_aside")
def set_aside_list(ranked_list, *, by, at):
    """The second pair of eyes agrees: assessments and reports may be reopened, and another list is drawn up."""
    end(ranked_list, reason=ranked_list.ended_reason)


@RANKED_LIST.action("uphold")
def uphold_list(ranked_list, *, by, at):
    ranked_list.questioned_by, ranked_list.ended_reason = None, ""


@RANKED_LIST.action("freeze")
def freeze_list(ranked_list, *, by, at):
    """The last signature: the list stands for good. The first one takes the call on to its decision."""
    require_intact(ranked_list)
    ranked_list.signed_at = at
    if ranked_list.call.stands_in(CallPhase.EVALUATION):
        conclude_ranking(ranked_list.call, by=by, at=at)
