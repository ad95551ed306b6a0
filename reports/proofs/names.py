"""How a sentence names what it is about."""

from applications.states import OWNERS_OWN
from programmes.states import UNREAD, CallPhase

SEALED = UNREAD + CallPhase.CANCELLED


def named(row):
    """A proposal, or a row of one, as people know it; as long as nobody may read it, by its id alone
    (FR Art. 149(3)(c))."""
    application = getattr(row, "application", row)
    if application.call.stands_in(SEALED) or application.stands_in(OWNERS_OWN):
        return f"{row.pk} (unread)"
    return str(row)
