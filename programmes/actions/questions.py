"""A question is asked in private and answered in public; whoever follows the call is told."""

from django.utils.translation import gettext as _

from core.errors import TooMany, WrongState
from core.formats import brussels
from core.workflow import UNCHANGED
from programmes.documents import declined_mail
from programmes.models import Reply
from programmes.states import QUESTION, CallPhase
from promises.actions import promise, write_mail

MOST_WAITING = 20  # of one person on one call


@QUESTION.action("ask")
def ask_question(question, *, by, at, text):
    """Nobody but the asker and the Commission reads it; `programmes.models.questions` says what becomes public."""
    call = question.call
    require_published(call)
    if at >= call.asked_until:
        words = {"call": call, "until": brussels(call.asked_until)}
        raise WrongState(_("Questions on %(call)s were taken until %(until)s; read those that are answered.") % words)
    if call.questions.waiting().filter(asked_by=by).count() >= MOST_WAITING:
        raise TooMany(
            _("%(number)d of your questions wait for their answers; ask again then.") % {"number": MOST_WAITING}
        )
    question.asked_by, question.asked_at, question.text = by, at, text


@QUESTION.action("answer")
def answer_question(question, *, by, at, asked, text):
    """Publish it in the office's words: `asked` tells what was asked and nothing of who asked, `text` the answer."""
    require_time_left(question.call, at)
    question.number = question.number or question.call.questions.public().count() + 1
    question.because = ""
    return published(question, by=by, at=at, asked=asked, text=text)


@QUESTION.action("correct")
def correct_reply(question, *, by, at, reason, asked, text):
    """Another version, with its reason; the ones before stay to be read. Also takes a withdrawn answer up again."""
    require_time_left(question.call, at)
    last = question.replies.first()
    stood = not question.because  # a withdrawn one says why
    if stood and (last.asked, last.text) == (asked, text):
        return UNCHANGED
    question.because = ""
    return published(question, by=by, at=at, asked=asked, text=text, because=reason)


@QUESTION.action("withdraw")
def withdraw_reply(question, *, by, at, reason):
    """No answer stands; everybody reads why, and what it said."""
    question.because = reason
    promise("tell_withdrawn", question)


@QUESTION.action("decline")
def decline_question(question, *, by, at, reason):
    """Nothing of it becomes public; its asker is told why."""
    question.because = reason
    write_mail(to=question.asked_by.email, about=question, **declined_mail(question))


def published(question, *, by, at, asked, text, because=""):
    """The next version of its reply; who follows the call is told once all is committed."""
    reply = Reply.objects.create(
        question=question, version=question.replies.count() + 1, asked=asked, text=text, because=because,
        replied_at=at, replied_by=by,
    )  # fmt: skip
    promise("tell_replied", reply)
    return {"reply": [reply.version - 1, reply.version], "published": ["", asked], "answer": ["", text]}


def require_published(call):
    if not call.stands_in(CallPhase.PUBLISHED):
        raise WrongState(_("The call %(call)s takes no applications now, so no questions either.") % {"call": call})


def require_time_left(call, at):
    """An answer that nobody can use any more would only serve whoever asked."""
    if not call.stands_in(CallPhase.PUBLISHED) or at >= call.closes_at:
        raise WrongState(_("The call %(call)s has closed: nobody can use an answer any more.") % {"call": call})
