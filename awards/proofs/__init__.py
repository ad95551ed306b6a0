"""The letter prover: nothing leaves the house that the file does not bear out.

What a letter states is read anew from the decision, the signed list, the report, the receipt, the organisation and the
call, by code that shares nothing with what wrote it, and compared; so are the words of the drawn page.
"""

from django.utils import translation
from django.utils.translation import gettext as _

from awards.documents import digest_of, newest, page_of
from awards.proofs.days import counted_from, of_days
from awards.proofs.sources import Sources
from awards.proofs.statements import of_addressee, statements
from awards.proofs.text import faults_of_text
from awards.proofs.versions import changed_past_the_house
from core.days import day_of
from core.errors import Refused

__all__ = ["Sources", "Untrue", "counted_from", "faults_of", "faults_of_page", "require_borne_out", "require_shown"]


class Untrue(Refused):
    """A letter that the file does not bear out. Whoever keeps its promise tries again, and a person looks."""

    status = 409


def faults_of(facts, source, *, days, is_new=True):
    """Sentences on what the letter states and the file does not. `days`: counted from the one it bears; `is_new`: it is
    being written now, so that what may change afterwards – where the organisation lives – is as it is."""
    with translation.override(facts["language"]):  # what is compared with it is said as the letter says it
        told = [*statements(facts, source), *of_days(facts, days)]
        told += of_addressee(facts, source) if is_new else []
        return [str(one) for one in told if not one.holds] + list(changed_past_the_house(source))


def require_borne_out(letter, *, is_new):
    """Refuse a letter, new or waiting to be sent, of which the file says otherwise."""
    source = Sources(letter.decision, [letter.application_id]).of(letter.application_id)
    days = counted_from(day_of(letter.written_at), source.call)
    refuse(letter, faults_of(newest(letter.facts), source, days=days, is_new=is_new))


def require_shown(letter):
    """Refuse a page that says something else than the facts that it is drawn from."""
    refuse(letter, faults_of_page(letter.facts))


def faults_of_page(facts):
    with translation.override(facts["language"]):
        return list(faults_of_text(page_of(facts), newest(facts), digest=digest_of(facts)))


def refuse(letter, faults):
    if faults:
        words = {"letter": letter, "faults": " ".join(faults)}
        raise Untrue(_("%(letter)s is not issued, the file does not bear it out. %(faults)s") % words)
