"""The life of a call, act by act."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.days import day_of
from core.errors import Incomplete, WrongState
from programmes.actions.corrigenda import drop_waiting, put
from programmes.actions.moves import require_nobody_forgotten
from programmes.completeness import contradictions, criterion_gap, gaps_of
from programmes.form_questions import settled_form
from programmes.legal import articles_at
from programmes.models import Criterion, Round
from programmes.shown.publishing import odd_in
from programmes.states import CALL
from promises.actions import promise
from promises.notices import next_look

REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]*")


@CALL.action("prepare")
def prepare_call(call, *, by, at, values, objectives=(), actions=(), criteria=()):
    """Make a draft. `values` are fields of the call, `criteria` dicts of fields of a criterion, in their order."""
    call.prepared_by = by
    put(call, values)
    call.parts = settled_form(call.parts)
    require_possible(call)
    require_reference(call)
    call.save(force_insert=True)
    return put_lists(call, objectives, actions, criteria)


@CALL.action("edit")
def edit_call(call, *, by, at, values, **lists):
    """Change a draft; `lists` are objectives, actions and criteria, what is left out stays."""
    put(call, values)
    call.parts = settled_form(call.parts)
    require_possible(call)
    require_reference(call)
    return put_lists(call, **lists)


@CALL.action("publish")
def publish_call(call, *, by, at, meant):
    """Freeze the call and show it; from its closing time on the clock opens what came in. What is hardly ever meant
    waits for a word that it is."""
    if gaps := gaps_of(call, list(call.criteria.all()), at):
        raise Incomplete(gaps, _("The call cannot be published yet."))
    if not meant and (odd := odd_in(call, at)):
        raise Incomplete({"meant": _("Say that this is meant: %(what)s") % {"what": " ".join(odd)}})
    call.published_at = at
    call.legal = articles_at(call.fund.sheet.get("financial_regulations", []), day_of(call.closes_at)) | call.legal
    promise("open_call", call, due_at=call.opened_from)


@CALL.action("recall")
def recall_call(call, *, by, at):
    """Before it opens nobody has applied: it goes back to its draft, whole, and is published anew."""
    if at >= call.opens_at:
        raise WrongState(_("%(call)s is open: publish a corrigendum, or have it cancelled.") % {"call": call})
    call.published_at = None
    drop_waiting(call, at)


@CALL.action("cancel")
def cancel_call(call, *, by, at, reason):
    """The procedure ends without an award (FR Art. 133, 200); everybody with an application is told why."""
    call.cancelled_at, call.cancelled_because = at, reason
    promise("tell_cancelled", call)


@CALL.action("open_applications")
def open_applications(call, *, by, at):
    """The clock, when nobody who arrived in time can still be under way: from here on the Commission may read, and a
    corrigendum that nobody has published falls."""
    if at < call.opened_from:
        raise WrongState(_("The call is still open, or what arrived in time is still taken in."))
    # who proposed it stays on the call: whoever comes to publish it is told that the call has moved on, not “never”
    fell = call.corrigenda.waiting().update(dropped_at=at)
    return {"corrigendum not published": [None, gettext_lazy("The applications were opened first.")]} if fell else {}


@CALL.action("start_evaluation")
def start_evaluation(call, *, by, at):
    """When every application is accepted or excluded."""
    require_nobody_forgotten(call, "start_evaluation")
    if not call.applications.evaluable().exists():
        raise WrongState(_("No application is eligible; there is nothing to evaluate."))
    Round.objects.create(call=call, ordinal=1, cause=Round.Cause.INITIAL, opened_at=at, opened_by=by)
    promise("remind", call, due_at=next_look(at))
    return {"round": [None, 1]}


@CALL.action("expire_reserve")
def expire_reserve(call, *, by, at):
    """The clock, once the day is over; nothing is offered from the reserve list any more."""
    if call.reserve_until is None or day_of(at) <= call.reserve_until:
        raise WrongState(_("The reserve list of %(call)s still stands.") % {"call": call})
    call.reserve_ended_at = at


@CALL.action("evaluate_again")
def open_round(call, *, by, at, reason, cause, applications):
    """Begin a later round about these applications; the call stands where it stood."""
    ids, last = sorted(one.pk for one in applications), call.rounds.count()
    if not ids or call.applications.filter(pk__in=ids).count() < len(set(ids)):
        raise Incomplete({"applications": _("Name the applications of this call that are to be evaluated again.")})
    Round.objects.create(
        call=call, ordinal=last + 1, cause=cause, reason=reason, opened_at=at, opened_by=by, application_ids=ids
    )
    promise("remind", call, due_at=next_look(at))
    return {"round": [last, last + 1], "applications": [None, [str(one) for one in applications]]}


conclude_ranking = CALL.plain("conclude_ranking")
conclude_decision = CALL.plain("conclude_decision")


def put_lists(call, objectives=None, actions=None, criteria=None):
    """Set what hangs on the call; give what changed, for the record."""
    changed = {}
    for name, rows in (("objectives", objectives), ("actions", actions)):
        if rows is not None:
            before = sorted(row.code for row in getattr(call, name).all())
            getattr(call, name).set(rows)
            after = sorted(row.code for row in rows)
            changed |= {name: [before, after]} if before != after else {}
    return changed | (put_criteria(call, criteria) if criteria is not None else {})


def put_criteria(call, criteria):
    codes = [one["code"] for one in criteria]
    if len(set(codes)) < len(codes):
        raise Incomplete({"criteria": _("Two criteria have the same code.")})
    rows = [Criterion(call=call, order=order, **one) for order, one in enumerate(criteria)]
    if gaps := list(filter(None, map(criterion_gap, rows))):
        raise Incomplete({"criteria": " ".join(gaps)})
    before = [str(one) for one in call.criteria.all()]
    call.criteria.all().delete()
    for row in rows:
        row.save(force_insert=True)
    after = [str(row) for row in rows]
    return {"criteria": [before, after]} if before != after else {}


def require_possible(call):
    if gaps := contradictions(call):
        raise Incomplete(gaps)


def require_reference(call):
    """Letters, files and mails are named after it; one that stands already stays as it is."""
    calls = type(call).objects
    if calls.filter(reference__iexact=call.reference).exclude(pk=call.pk).exists():
        raise Incomplete({"reference": _("Another call has this reference already.")})
    if not REFERENCE.fullmatch(call.reference) and not calls.filter(pk=call.pk, reference=call.reference).exists():
        raise Incomplete(
            {"reference": _("Write it with letters A to Z, figures, spaces and - / . _, e.g. ISF-2026-TF2-AG-CYBER.")}
        )
