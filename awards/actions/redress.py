"""A request for review (FR Art. 133): filed from the letter's page within its days, answered by the office."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.states import ApplicationPhase
from awards import deadlines
from awards.models import Redress
from awards.states import ARRIVED, REDRESS
from core.days import day_of
from core.errors import Incomplete, WrongState
from core.formats import brussels_day
from core.language import later
from evaluation.actions import evaluate_again
from programmes.models import Round
from promises.actions import write_mails

SHORTEST = 20


def last_day_of(letter):
    """Counted from its reading; from the day it counts as read while nobody has opened it."""
    read_at = letter.read_at or letter.counts_as_read_at
    return read_at and deadlines.review_by(read_at, letter.facts["redress"]["days"])


def file_redress(letter, *, by, ground, text, at=None, key=None):
    new = Redress(letter=letter, application=letter.application)
    return file(new, by=by, at=at, key=key, ground=ground, text=text)


@REDRESS.action("file")
def file(redress, *, by, at, ground, text):
    require_contestable(redress.letter, at)
    if len(text.strip()) < SHORTEST:
        raise Incomplete({"text": _("Say what you contest, and why.")})
    redress.ground, redress.text = ground, text.strip()
    redress.filed_by, redress.filed_at = by, at
    subject = later(lambda: _("Received: your request for review of %(number)s") % {"number": redress.application})
    tell_applicant(redress, subject, gettext_lazy("Your request for review was received. It is answered on this page:"))


def require_contestable(letter, at):
    """Sent, adverse, within its days, and nothing else under way."""
    words = {"row": letter.application}
    if not letter.stands_in(ARRIVED) or (letter.kind == "AWARD" and not letter.facts["grant"]["is_reduced"]):
        raise WrongState(_("This letter tells nothing adverse about %(row)s that could be reviewed.") % words)
    last = last_day_of(letter)
    if day_of(at) > last:
        raise WrongState(
            _("A review could be asked for until %(day)s. The letter names the other means of redress.")
            % {"day": brussels_day(last)}
        )
    known = Redress.objects.filter(application=letter.application_id)
    if known.filed().exists() or known.standing().filter(letter=letter).exists():
        raise WrongState(_("A review of %(row)s was asked for already: one at a time.") % words)


def is_contestable(letter, at):
    try:
        require_contestable(letter, at)
    except WrongState:
        return False
    return True


take_back_redress = REDRESS.plain("take_back")


@REDRESS.action("confirm")
def confirm_decision(redress, *, by, at, reason):
    """Nothing changes; the answer says why."""
    give_answer(redress, by=by, at=at, answer=reason)


@REDRESS.action("uphold")
def uphold_redress(redress, *, by, at, reason):
    """That one application is evaluated again, by others, in a round of its own; what is in force stays until then."""
    give_answer(redress, by=by, at=at, answer=reason)
    application = redress.application
    if application.stands_in(ApplicationPhase.EVALUATED):
        said = {"cause": Round.Cause.REDRESS, "reason": reason}
        redress.round = evaluate_again(application.call, [application], by=by, at=at, **said)


def give_answer(redress, *, by, at, answer):
    redress.answer, redress.answered_by, redress.answered_at = answer, by, at
    subject = later(lambda: _("Answered: your request for review of %(number)s") % {"number": redress.application})
    tell_applicant(redress, subject, gettext_lazy("Your request for review is answered. Read the answer here:"))


def tell_applicant(redress, subject, sentence):
    """The mail says where, never what."""
    link = settings.SITE_URL.rstrip("/") + redress.get_absolute_url()
    to = [user.email for user in User.objects.speaking_for(redress.application.applicant)]
    write_mails(to=to, subject=subject, body=later(lambda: f"{sentence}\n{link}\n"), about=redress)
