"""The office's own machinery room: who may look and press “try again”."""

from rules import predicate


@predicate
def is_office(user, row=None):
    return user.role in {"OFFICER", "AUTHORISING", "ADMIN"}
