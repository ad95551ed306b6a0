"""What would change if an application were submitted again: its content now beside that of its last receipt."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.formats import read
from applications.parts import said_in

LONGEST = 200  # characters of an answer that are shown


class Edit(NamedTuple):
    """One answer: what is called what, as it was received and as it is saved."""

    part: str
    label: str
    received: str
    saved: str


def unsent_edits(application, content):
    """[Edit] in the order of the form; empty when what is saved is what was received, or nothing was."""
    receipt = application.receipts.first()
    if receipt is None:
        return []
    received = read(receipt.content)
    return [edit for part in said_in(content, application.call) for edit in edits_of(part, received, content)]


def edits_of(part, received, content):
    before, after = (part.told(said) for said in (received.get(part.name, part.empty), content[part.name]))
    if not isinstance(after, dict) or not isinstance(before, dict):
        return [] if before == after else [Edit(str(part.label), "", in_words(before), in_words(after))]
    return [
        Edit(str(part.label), part.called(name), in_words(before.get(name)), in_words(value))
        for name, value in after.items()
        if before.get(name) != value
    ]


def in_words(value):
    if value in (None, "", []):
        return "–"
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return ngettext("%(number)d entry", "%(number)d entries", len(value)) % {"number": len(value)}
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= LONGEST else _("%(beginning)s… (%(number)d characters)") % {
        "beginning": text[:LONGEST], "number": len(text),
    }  # fmt: skip
