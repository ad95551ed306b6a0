"""Proposals of many assignments: an even distribution, or what a file says. Nothing is assigned by either."""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from applications.holds import LONG
from core.errors import Incomplete
from evaluation.actions.availability import period_of
from evaluation.actions.batches import propose_batch
from evaluation.actions.fitting import Expertise
from evaluation.actions.known import Known
from evaluation.distribution import ENDLESS, Wish, distribute
from evaluation.models import Assessment, Batch, Consensus
from evaluation.shown.assigning import applications_to_assign, judges
from evaluation.shown.standing import awaiting_rapporteur
from evaluation.states import BATCH

HEADS = {"application", "number"}, {"evaluator", "email", "e-mail"}  # of the columns of a file
MOST_LACKING = 25  # are told of by name


@dataclass(frozen=True)
class Terms:
    """`wanted` evaluators for each application, at most `limit` assessments each (None: no limit); `apart`: no two of
    one organisation on one application; `officers` are asked too; all read these `languages`; the same `seed` gives the
    same proposal."""

    wanted: int
    limit: int | None = None
    apart: bool = False
    officers: bool = False
    languages: tuple = ()
    seed: int = 0


def propose_distribution(call, *, by, terms, at=None, key=None):
    """The Batch that a distribution on these terms comes to."""
    BATCH.may_open("propose", Batch(call=call), by=by)
    people = judges(officers=terms.officers)
    known = Known(to_assign(call, by), people, period=period_of(at), languages=terms.languages)
    there = {pk: one for pk, one in known.people.items() if not known.availability.out(one, call)}
    expertise = Expertise(known.applications, {pk: e for pk, e in known.availability.entries.items() if pk in there})
    wish = wish_of(terms, known, expertise, known.availability.limits(call))
    found = distribute(
        list(known.applications), list(there), wish, present=known.counting, barred=known.barred - known.counting
    )
    lacking = [
        {"number": known.applications[pk].reference, **asdict(short)} for pk, short in found.short.items()
    ]  # fmt: skip
    batch = Batch(
        call=call, source=Batch.Source.PROPOSAL, short=len(lacking), lacking=lacking[:MOST_LACKING],
        terms=asdict(terms) | {
            "people": len(there), "away": len(known.people) - len(there), "taken": sum(found.load.values()),
            "room": room_of(there, wish), "missing": sum(one["missing"] for one in lacking),
        },
    )  # fmt: skip
    lines = lines_of(found, known.applications, there, expertise)
    return propose_batch(batch, by=by, at=at, key=key, lines=lines)


def to_assign(call, officer):
    """The applications as a proposal needs them, by number."""
    rows = applications_to_assign(call, officer).only(
        "reference", "status", "acronym", "call", "applicant", "submitted_at"
    )
    return list(rows.prefetch_related("call", "applicant").order_by("reference"))


def wish_of(terms, known, expertise, limits):
    houses = {one.pk: house_of(one) for one in known.people.values()} if terms.apart else {}
    return Wish(
        terms.wanted, limit=terms.limit or ENDLESS, limits=limits, houses=houses, fits=expertise.fits(), seed=terms.seed
    )  # fmt: skip


def room_of(people, wish):
    """How many assessments all of them may have together; None where somebody has no limit."""
    limits = [wish.limit_of(one) for one in people]
    return None if ENDLESS in limits else sum(limits)


def house_of(person):
    """The organisation somebody works at, or the entity within the Commission."""
    return next((str(one.organisation_id) for one in person.places if one.organisation_id), person.entity)


def lines_of(found, applications, people, expertise=None):
    """`words` of a line: what of the evaluator's expertise the application touches, where anything."""
    least, most = (bound(found.load.values(), default=0) for bound in (min, max))
    touched = {pk: expertise.of(pk) for pk in applications} if expertise else {}
    lines = []
    for application, evaluator in found.pairs:
        facts = {"free": found.free[application], "load": found.load[evaluator], "least": least, "most": most}
        if words := touched.get(application, {}).get(evaluator):
            facts["words"] = words
        lines.append((applications[application], people[evaluator], facts))
    return lines


# rapporteurs


def propose_rapporteurs(call, *, by, limit=None, seed=0, at=None, key=None):
    """The Batch with a rapporteur for each application that waits for one: of those who signed, the load as even as
    they allow; at most `limit` reports each (None: no limit), those of the call that stand already counted."""
    batch = Batch(call=call, purpose=Batch.Purpose.RAPPORTEUR, source=Batch.Source.PROPOSAL)
    BATCH.may_open("propose", batch, by=by)
    waiting = awaiting_rapporteur(call, by).prefetch_related("call").defer(*LONG).order_by("reference")
    applications = {one.pk: one for one in waiting}
    people, pairs = those_who_signed(applications)
    everybody = {(application, person) for application in applications for person in people}
    standing = Consensus.objects.of_call(call).current().standing().values_list("application", "rapporteur")
    found = distribute(
        list(applications), list(people), Wish(1, limit=limit or ENDLESS, seed=seed),
        present=set(standing), barred=everybody - pairs,
    )  # fmt: skip
    lacking = [{"number": applications[pk].reference, "full": short.full} for pk, short in found.short.items()]
    batch.short, batch.lacking = len(lacking), lacking[:MOST_LACKING]
    batch.terms = {"limit": limit, "seed": seed, "people": len(people)}
    return propose_batch(batch, by=by, at=at, key=key, lines=lines_of(found, applications, people))


def those_who_signed(applications):
    """({id: person} of those who may still judge, {(application, person)}): each pair signed, and counts."""
    signed = Assessment.objects.current().signed().filter(application__in=list(applications))
    people = {one.pk: one for one in judges(officers=True).filter(pk__in=signed.values("evaluator"))}
    found = set(signed.values_list("application", "evaluator"))
    return people, {(application, person) for application, person in found if person in people}


# what a file says


def propose_from_file(call, *, by, rows, name, at=None, key=None):
    """The Batch of a file, all of it or nothing: `rows` are (line, number of the application, e-mail of the evaluator).

    Refused with {"line 5": why} of each line that cannot be; a pair that is assigned already is left out.
    """
    BATCH.may_open("propose", Batch(call=call), by=by)
    applications = {one.reference.casefold(): one for one in to_assign(call, by)}
    people = {one.email.casefold(): one for one in judges(officers=True)}
    known = Known(applications.values(), people.values())
    lines, seen, gaps = [], set(), {}
    for line, number, email in rows:
        pair = applications.get(number.casefold()), people.get(email.casefold())
        if sentence := fault_of(pair, seen, known, number=number, email=email):
            gaps[_("Line %(line)d") % {"line": line}] = sentence
        elif not known.counts(*pair):
            lines.append((*pair, {}))
            known.take(pair[1], call)
        seen.add(pair)
    if gaps:
        raise Incomplete(gaps, _("Nothing was kept: correct these lines and choose the file again."))
    return propose_batch(
        Batch(call=call, source=Batch.Source.FILE, file_name=name), by=by, at=at, key=key, lines=lines
    )  # fmt: skip


def fault_of(pair, earlier, known, *, number, email):
    application, person = pair
    if application is None:
        return _(
            "No application “%(number)s” of this call can be assigned by you now: is the number right, is it "
            "eligible, and do its evaluators not agree already?"
        ) % {"number": number}  # fmt: skip
    if person is None:
        return _("No evaluator or officer has the e-mail address “%(email)s”.") % {"email": email}
    if pair in earlier:
        return _("The same pair stands in an earlier line.")
    if known.counts(*pair) or not known.may_be_barred(*pair):
        return ""
    return known.refusal_of(known.row_of(*pair))
