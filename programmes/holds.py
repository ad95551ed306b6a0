"""What acts hold of a call, or in its name, besides their own row; `core.holds` says why the order matters."""

from core.holds import by_name, parent


def closing_of(call_id):
    """The name under which submissions and the opening of a call meet."""
    return f"closing:{call_id}"


# Until a submission ends the clock cannot open the applications of its call: it waits. Taken before the moment of the
# act is read, so that whoever is in time by the database's clock also gets in.
CLOSING = by_name("the closing of its call, shared", lambda row: closing_of(row.call_id), place=10, shared=True)
# Alone with the call: every submission that came in time has ended, none begins.
CLOSING_ALONE = by_name("its closing, alone", lambda call: closing_of(call.pk), place=10)
CALL = parent("call", place=30, related=("fund",))
