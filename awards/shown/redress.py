"""What the page of a request for review says."""

from django.utils.translation import gettext as _

from core.cells import Cell
from core.formats import brussels


def facts_of(redress):
    letter = redress.letter
    facts = [
        (_("Application"), f"{redress.application} {redress.application.acronym}"),
        (_("Letter"), Cell(letter.reference, url=letter.get_absolute_url())),
        (_("Ground"), redress.get_ground_display()),
        (_("Filed"), f"{redress.filed_by}, {brussels(redress.filed_at)}"),
    ]
    if redress.answered_at:
        facts.append((_("Answered"), brussels(redress.answered_at)))
    if redress.round:
        facts.append((_("Evaluated again in"), str(redress.round)))
    return facts
