"""What acts on decisions hold besides their own row."""

from core.holds import Hold


def applications_of(decision):
    """Letters are numbered for each application: whoever writes one waits until the one before has its number."""
    lines = decision.lines.select_related("application").order_by("application")
    list(lines.select_for_update(of=("application",)))


APPLICATIONS = Hold("the applications of its lines", 40, applications_of)
