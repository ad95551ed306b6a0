"""What the page of a letter says, from the facts fixed in its row and the days that have come since."""

from django.urls import reverse
from django.utils.translation import gettext as _

from awards import deadlines
from core.cells import Cell
from core.formats import brussels, brussels_day, euro, percent


def facts_of(letter):
    facts = letter.facts
    shown = [
        (_("Reference"), letter.reference),
        (_("Call"), f"{facts['call']['reference']} – {facts['call']['title']}"),
        (_("Application"), f"{facts['application']['reference']} {facts['application']['acronym']}"),
        (_("Addressee"), ", ".join(facts["addressee"])),
        (_("Signed by"), f"{facts['signatory']['name']}, {facts['signatory']['function']}"),
        (_("Issued"), brussels(letter.written_at)),
        (_("Sent"), brussels(letter.sent_at) or _("not yet")),
        (_("Read"), reading_of(letter)),
    ]
    return shown + grant_of(facts["grant"])


def grant_of(grant):
    if not grant:
        return []
    return [(_("Maximum grant"), euro(grant["contribution"])), (_("Co-financing rate"), percent(grant["rate"]))]


def chain_of(letter, others):
    """The letter this one replaces and why, and the one that replaces it, as far as they are for this reader."""
    shown = []
    for other in others.order_by("written_at"):
        label = _("Replaces") if other.pk == letter.replaces_id else _("Replaced by")
        shown.append((label, Cell(other.reference, url=other.get_absolute_url())))
    return [*shown, (_("Why it replaces another"), letter.replaced_because)] if letter.replaces_id else shown


def reading_of(letter):
    if letter.read_by:
        return _("confirmed by %(name)s, %(moment)s") % {"name": letter.read_by, "moment": brussels(letter.read_at)}
    if letter.read_at:
        return _("counts as read since %(moment)s; nobody confirmed") % {"moment": brussels(letter.read_at)}
    if letter.counts_as_read_at:
        return _("not confirmed; counts as read on %(moment)s") % {"moment": brussels(letter.counts_as_read_at)}
    return _("not yet")


def days_of(letter):
    """The last days of each means of redress, counted from the real day of reading."""
    read_at = letter.read_at or letter.counts_as_read_at
    if read_at is None or (letter.kind == "AWARD" and not letter.facts["grant"]["is_reduced"]):
        return []
    return [
        (_("Request for review"), brussels_day(deadlines.review_by(read_at, letter.facts["redress"]["days"]))),
        (_("Action for annulment"), brussels_day(deadlines.sue_by(read_at))),
        (_("Complaint to the European Ombudsman"), brussels_day(deadlines.complain_by(read_at))),
    ]


def files_of(letter):
    if not letter.pdf_sha256:
        return []
    return [
        {
            "name": f"{letter.reference}.pdf",
            "url": reverse("letter_pdf", args=[letter.pk]),
            "sha256": letter.pdf_sha256,
        }
    ]


def facts_of_offer(offer):
    shown = [(_("Answer"), offer.get_status_display()), (_("To be answered by"), brussels_day(offer.answer_by))]
    if offer.answered_at:
        shown.append((_("Answered"), f"{offer.answered_by}, {brussels(offer.answered_at)}"))
    return [*shown, (_("Why it was declined"), offer.said)] if offer.said else shown


# a corrected one

ITS_OWN = {"reference", "format", "replaces"}  # each letter has its own


def columns_of_changes():
    return [_("What it says"), _("Was"), _("Is to be")]


def changes_of(before, after):
    """[(what, was, is to be)] of two letters' facts; what a letter has of its own anyway is left out."""
    was, now = flat(before), flat(after)
    names = [name for name in [*was, *(one for one in now if one not in was)] if name.split(" ")[0] not in ITS_OWN]
    return [[name, was.get(name, "–"), now.get(name, "–")] for name in names if was.get(name) != now.get(name)]


def flat(facts, before=""):
    """{"grant contribution": "400000.00"}: every single fact by its path."""
    if isinstance(facts, dict):
        parts = facts.items()
    elif isinstance(facts, list):
        parts = ((str(place), one) for place, one in enumerate(facts, 1))
    else:
        return {before.strip(): "–" if facts is None else str(facts)}
    found = {}
    for name, one in parts:
        found |= flat(one, f"{before} {name}")
    return found
