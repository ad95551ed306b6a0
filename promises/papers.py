"""What a mail carries: each app says how the paper of a kind of row is had; its bytes are read when the mail leaves."""

from collections.abc import Callable
from dataclasses import dataclass

PAPERS = {}


@dataclass(frozen=True)
class Paper:
    """A file as a mail takes it along; `read()` gives its bytes."""

    name: str
    content_type: str
    read: Callable


def carries(kind):
    """Register `function(id)`, which gives the Paper, or None while it is not drawn yet."""

    def register(function):
        PAPERS[kind] = function
        return function

    return register


def papers_of(mail):
    """[Paper or None] for each that the mail is to carry."""
    return [PAPERS[kind](pk) for kind, pk in mail.carries.items()]
