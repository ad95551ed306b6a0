"""Letters, from the facts fixed at their writing to the day they are read."""

from django.utils.translation import gettext as _

from accounts.models import User
from awards.deadlines import counts_as_read_at
from awards.documents import Papers, fill_letter, notice_of
from awards.models import DecisionLine, Letter
from awards.proofs import require_borne_out, require_shown
from awards.states import LETTER
from core.errors import WrongState
from core.formats import brussels
from promises.actions import promise, write_mail


@LETTER.action("write")
def write_letter(letter, *, by, at, line, papers, replaces=None):
    """Fix what it says, from the rows as they are now that the application is held. `replaces`: (the letter, why)."""
    if replaces is None:
        require_not_written(line)
    require_to_be_told(line)
    line.application = letter.application
    fill_letter(letter, line, papers, replaces=replaces or papers.corrected(line))
    require_borne_out(letter, is_new=True)


def require_not_written(line):
    if Letter.objects.filter(decision=line.decision_id, application=line.application_id).exists():
        raise WrongState(_("The letter about %(row)s is written already.") % {"row": line.application})


def require_to_be_told(line):
    """The others of its decision are written all the same."""
    if sentence := why_not_told(DecisionLine.objects.with_what_became_of_it().get(pk=line.pk)):
        raise WrongState(sentence)


def why_not_told(line):
    """Why no letter tells of this line, or an empty text."""
    if line.is_retracted:
        return _("%(row)s was withdrawn: nobody is written to.") % {"row": line.application}
    if line.is_overtaken:
        return _("A later decision is in force for %(row)s: its letter tells the outcome.") % {"row": line.application}
    return ""


@LETTER.action("replace")
def replace_letter(letter, *, by, at, reason):
    """Write the letter anew and say in it what it replaces and why; the first stays as it was sent."""
    require_last_word(letter)
    papers = Papers(letter.decision, officer=by, at=at, about=[letter.application_id])
    line = letter.decision.lines.get(application=letter.application_id)
    new = Letter(application=letter.application, decision=letter.decision)
    new = write_letter(new, by=by, at=at, line=line, papers=papers, replaces=(letter, reason), reason=reason)
    promise("letter", new)
    return {"replaced by": [None, new.reference]}


def require_last_word(letter):
    """A letter that was replaced, or of which a later decision speaks otherwise, is not the one to correct."""
    if Letter.objects.filter(replaces=letter).exists():
        raise WrongState(
            _("%(letter)s was replaced already: replace the letter that followed it.") % {"letter": letter}
        )
    lines = DecisionLine.objects.filter(application=letter.application_id).in_force()
    if not lines.filter(decision=letter.decision_id).exists():
        raise WrongState(
            _("A later decision is in force for %(row)s: replace the letter of that one.") % {"row": letter.application}
        )


def require_true(letter):
    """Just before it is drawn: what was changed since it was written is found, and what the page itself gets wrong."""
    require_borne_out(letter, is_new=False)
    require_shown(letter)


@LETTER.action("send")
def send_letter(letter, *, by, at, path, sha256):
    """Put the drawn letter before its addressee. A second worker finds it sent and is refused."""
    letter.pdf_path, letter.pdf_sha256 = path, sha256
    letter.drawn_at = letter.sent_at = at
    letter.counts_as_read_at = counts_as_read_at(at, letter.facts["redress"]["read_after_days"])
    tell_everybody(letter)
    promise("deem_read", letter, due_at=letter.counts_as_read_at)


def tell_everybody(letter):
    """Every person of the applicant hears that a letter has come; the mail says nothing of what it holds."""
    mail = notice_of(letter)
    for user in User.objects.speaking_for(letter.application.applicant):
        write_mail(to=user.email, about=letter, **mail)


@LETTER.action("remind")
def remind_addressee(letter, *, by, at):
    """For people who joined the applicant since, or whose mail was lost; no day moves by it."""
    tell_everybody(letter)


open_letter = LETTER.plain("open")  # the record of who opened it, and when, is all


@LETTER.action("confirm_read")
def confirm_letter_read(letter, *, by, at):
    letter.read_at, letter.read_by = at, by


@LETTER.action("deem_read")
def deem_letter_read(letter, *, by, at):
    """Nobody confirmed: it counts as read at the moment the call announced, however late the clock comes."""
    if at < letter.counts_as_read_at:
        raise WrongState(
            _("%(letter)s does not count as read before %(moment)s.")
            % {"letter": letter, "moment": brussels(letter.counts_as_read_at)}
        )
    letter.read_at = letter.counts_as_read_at
