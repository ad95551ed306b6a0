"""The clock acting: it opens the applications of a call at its closing time, and reminds of unfinished drafts."""

import logging
import time
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications import documents, notices
from applications.actions import (
    carry_out_order,
    draw_draft_paper,
    expire_clarification,
    expire_notice,
    fail_order,
    miss_order,
    open_application,
    repeat_order,
    set_aside_application,
    submit_application,
)
from applications.actions.attempts import reason_in
from applications.actions.duties import KIND as DUTIES
from applications.actions.telling import look_at, tell_each
from applications.models import Application, CheckBatch, Clarification, DraftPaper, Duty, Hearing, StandingOrder
from applications.models.orders import first_try, last_try
from applications.reminders import KIND as REMINDER
from applications.reminders import is_due, next_reminder
from applications.states import CHECK_BATCH, ClarificationPhase, DraftPaperPhase, HearingPhase, OrderPhase
from core import clock
from core.errors import Refused, WrongState
from programmes.actions import open_applications
from programmes.models import Call, Corrigendum
from programmes.states import CallPhase
from promises.actions import note_turns, promise, write_mail
from promises.keeping import keeps
from promises.lanes import Lane
from promises.notices import next_look

log = logging.getLogger(__name__)
TURN = 2  # seconds of opening, then calls that close at the same hour have their turn


@keeps("open_call", lane=Lane.OPENING)
def open_call(call_id):
    """Close the call, then open each application by itself: one that cannot be opened stops no other.

    May run twice: what is open already stays as it is. Gives the moment to come back at when the closing time moved,
    or when its turn is over.
    """
    by, until = User.objects.clock(), time.monotonic() + TURN
    call = Call.objects.get(pk=call_id)
    if call.stands_in(CallPhase.PUBLISHED) and (again_at := close_call(call, by=by)):
        return again_at
    if call.stands_in(CallPhase.CANCELLED):
        return None
    try:
        settle(Application.objects.of_call(call).drafts(), set_aside_application, by=by, until=until)
        failed = settle(Application.objects.of_call(call).submitted(), open_application, by=by, until=until)
    except TurnOver:
        return clock.now()
    if failed:
        raise Refused(_("These applications could not be opened: %(list)s.") % {"list": "; ".join(failed)})
    promise("tell_closed", call)
    return None


def close_call(call, *, by):
    """None when it is closed; else the moment it is opened from, which a corrigendum may have moved while we waited."""
    try:
        open_applications(call, by=by)
    except WrongState:
        call.refresh_from_db()
        return call.opened_from if call.stands_in(CallPhase.PUBLISHED) else None
    return None


class TurnOver(Exception):
    """The time is up, and all has gone well so far: the rest is for the next turn."""


def settle(applications, act, *, by, until):
    """Run an act on each; give a sentence for each that failed. After a failure there is no other turn, but an end."""
    failed = []
    for application in applications.order_by("reference"):
        try:
            act(application, by=by)
        except WrongState:  # another worker, or its owner in the last moment, was there first
            log.info("%s was settled by somebody else", application.pk)
        except Exception as error:  # whatever is wrong with one, the others must be opened
            log.exception("%s could not be settled", application.pk)
            failed.append(f"{application}: {type(error).__name__}: {error}")
        if not failed and time.monotonic() > until:
            raise TurnOver
    return failed


@keeps("checks", lane=Lane.CLOCK)
def keep_check_batch(batch_id):
    """A batch that was discarded meanwhile, or is done, wants nothing any more."""
    batch, by = CheckBatch.objects.select_related("call").get(pk=batch_id), User.objects.clock()
    for step in CHECK_BATCH.open_to(by, batch):
        CHECK_BATCH.run(step.name, batch, by=by)


@keeps("standing_orders", lane=Lane.CLOCK)
def carry_out_orders(call_id):
    """Submit what is saved, in the name of whoever gave the order: shortly before the closing time, and once more at
    the very end for who edits until then. The last try settles every order, however late it comes."""
    call, at, until = Call.objects.get(pk=call_id), clock.now(), time.monotonic() + TURN
    if at < first_try(call):  # a corrigendum has moved the closing time
        return first_try(call)
    is_last = at >= last_try(call)
    orders = StandingOrder.objects.to_settle(call) if is_last else StandingOrder.objects.to_try(call)
    for order in orders.select_related("application", "given_by").order_by("given_at"):
        carry_out(order, is_last=is_last)
        if time.monotonic() > until:
            return clock.now()
    return None if is_last else last_try(call)


def carry_out(order, *, is_last):
    """By the very act of submitting: with its attempt in the ledger, its receipt and its mail, and never too late."""
    stands, clock_acting = order.stands_in(OrderPhase.STANDING), User.objects.clock()
    try:
        application = submit_application(order.application, by=order.given_by)
    except Refused as refusal:
        sentence = reason_in(refusal)
    except Exception:  # whatever is wrong with one, the others must be carried out
        log.exception("%s could not be carried out", order.pk)
        sentence = _("A fault of this system. The operators find it in their log.")
    else:
        act = carry_out_order if stands else repeat_order
        act(order, by=clock_acting, receipt=application.receipts.first())
        return
    (fail_order if is_last and stands else miss_order)(order, by=clock_acting, sentence=sentence)


@keeps("draft_paper", lane=Lane.FILE)
def draw_paper_of_draft(paper_id):
    """One that is drawn wants nothing any more."""
    paper = DraftPaper.objects.select_related("application__call__fund", "application__applicant").get(pk=paper_id)
    if paper.stands_in(DraftPaperPhase.ASKED):
        draw_draft_paper(paper, by=User.objects.clock())


@keeps("clarification", lane=Lane.CLOCK)
def look_at_clarification(clarification_id):
    row = Clarification.objects.for_reading().get(pk=clarification_id)
    return look_at(row, row.stands_in(ClarificationPhase.WAITING), expire_clarification, notices.due_mail)


@keeps("hearing", lane=Lane.CLOCK)
def look_at_hearing(hearing_id):
    row = Hearing.objects.for_reading().get(pk=hearing_id)
    return look_at(row, row.stands_in(HearingPhase.WAITING), expire_notice, notices.notice_due_mail)


@keeps(DUTIES, lane=Lane.CLOCK)
def look_at_duties(application_id):
    """Each morning, as long as a part of it is awaited: what comes due, whose day is over, who has left."""
    at = clock.now()
    note_turns(application_id, at=at)
    return next_look(at) if Duty.objects.awaited(at).on_this(application_id).exists() else None


@keeps("tell_cancelled", lane=Lane.MAIL)
def tell_of_the_end(call_id):
    tell_each(Application.objects.of_call(call_id), documents.cancellation_mail)


@keeps("tell_closed", lane=Lane.MAIL)
def tell_what_counts(call_id):
    tell_each(Application.objects.of_call(call_id), documents.closing_mail)


@keeps("tell_corrected", lane=Lane.MAIL)
def tell_of_the_correction(corrigendum_id):
    corrigendum = Corrigendum.objects.get(pk=corrigendum_id)
    concerned = Application.objects.of_call(corrigendum.call_id).under_way()
    tell_each(concerned, partial(documents.corrigendum_mail, corrigendum=corrigendum))


@keeps(REMINDER, lane=Lane.CLOCK)
def remind_drafts(call_id):
    """Write to every organisation with unsent work, at its moments before closing; gives the next one."""
    call, at = Call.objects.get(pk=call_id), clock.now()
    if not call.stands_in(CallPhase.PUBLISHED) or at >= call.closes_at:
        return None
    if is_due(call, at):
        with transaction.atomic():
            for application in Application.objects.of_call(call).with_unsent_work().select_related("applicant", "call"):
                for user in User.objects.speaking_for(application.applicant):
                    mail = documents.reminder_mail(application, at=at)
                    write_mail(to=user.email, about=application, **mail)
    return next_reminder(call, at)
