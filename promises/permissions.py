"""The office's own machinery room: who may look and press “try again”."""

from rules import predicate


@predicate
def mends_deliveries(user, row=None):
    """The groups themselves stand two floors up, beside the roles; here they are asked by name."""
    return user.belongs_to("mends_deliveries")
