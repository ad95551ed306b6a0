"""Many checks at once: proposed as rows to be looked at, confirmed as a promise, done together, taken back together.

The officer who confirms answers for each: every check is judged again when it is done, with that officer's rights as
they are then. What a colleague has decided meanwhile stays, is named on its line, and holds up nobody else.
"""

from django.utils.translation import gettext as _

from applications.holds import LONG
from applications.models import Check, CheckBatch, CheckBatchLine
from applications.states import CHECK, CHECK_BATCH, CheckPhase
from audit.at_once import insert_all, update_all
from core.errors import Incomplete
from core.many import take_each
from promises.actions import promise


def propose_checks(call, *, by, code="", at=None, key=None):
    """The CheckBatch of one condition of a call, or of all that the system found met. Nothing is confirmed yet."""
    CHECK_BATCH.may_open("propose", CheckBatch(call=call), by=by)
    checks = Check.objects.visible_to(by).of_call_in_checks(call).not_confirmed()
    checks = checks.filter(code=code) if code else checks
    checks = checks.select_related("application", "officer").defer(*(f"application__{name}" for name in LONG))
    checks = list(checks.order_by("application__reference", "order"))
    criterion = checks[0].criterion if code and checks else ""
    batch = CheckBatch(call=call, code=code, criterion=criterion)
    return propose_check_batch(batch, by=by, at=at, key=key, checks=checks)


@CHECK_BATCH.action("propose")
def propose_check_batch(batch, *, by, at, checks):
    refusals = [why_left(check, all_that_pass=not batch.code) for check in checks]
    batch.made_by, batch.made_at, batch.size = by, at, refusals.count("")
    if not batch.size:
        raise Incomplete({"code": _("Nothing of this waits to be confirmed.")})
    batch.save(force_insert=True)
    insert_all(
        [
            CheckBatchLine(batch=batch, application=check.application, about=check, place=place, refusal=refusal)
            for place, (check, refusal) in enumerate(zip(checks, refusals, strict=True), 1)
        ]
    )


def why_left(check, *, all_that_pass):
    """Why a check is not confirmed with the others, or an empty text."""
    if check.stands_in(CheckPhase.OVERRIDDEN):
        return overridden_by(check)
    if all_that_pass and not check.passed_by_system:
        return _("The system found it not met: decide on it by itself, or on this condition for all.")
    return ""


def overridden_by(check):
    words = {"who": check.officer, "reason": check.reason}
    return _("%(who)s found the opposite, and this stays: “%(reason)s”") % words


@CHECK_BATCH.action("confirm")
def confirm_check_batch(batch, *, by, at):
    """From here on it is the house's promise: whoever confirmed may sign out."""
    batch.confirmed_by, batch.confirmed_at = by, at
    promise("checks", batch)


@CHECK_BATCH.action("carry_out")
def carry_out_check_batch(batch, *, by, at):
    """Confirm all of the batch in one transaction, in the name of who confirmed it."""
    checks = [line.about for line in batch.lines.to_be_done().select_related("about")]
    taken = take_each(CHECK, "agree", checks, by=batch.confirmed_by, at=at, batch=batch)
    note_left(batch, taken.refused)
    batch.made, batch.refused = len(taken.rows), len(taken.refused)


def note_left(batch, refused):
    why = {check.pk: sentence_on(check, refusal) for check, refusal in refused}
    lines = list(batch.lines.filter(about__in=why))
    for line in lines:
        line.refusal = why[line.about_id]
    if lines:
        update_all(lines, [CheckBatchLine._meta.get_field("refusal")])


def sentence_on(check, refusal):
    return overridden_by(check) if check.stands_in(CheckPhase.OVERRIDDEN) else str(refusal.in_short)


@CHECK_BATCH.action("take_back")
def take_back_check_batch(batch, *, by, at, reason):
    """What nothing rests on yet: a check whose application is settled stays confirmed."""
    batch.ended_by, batch.ended_reason = by, reason
    promise("checks", batch)


@CHECK_BATCH.action("give_back")
def give_back_check_batch(batch, *, by, at):
    confirmed = list(Check.objects.filter(batch=batch).order_by("pk"))
    taken = take_each(CHECK, "take_back", confirmed, by=batch.ended_by, at=at, reason=batch.ended_reason)
    note_left(batch, taken.refused)
    batch.returned = len(taken.rows)
