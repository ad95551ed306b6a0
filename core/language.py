"""Two languages meet in a request: the reader's, for what is shown, and the house's own, for what is kept.

Rows, records, files and the facts of letters say the same whoever acts: a German officer's list has the same bytes as a
French one's, and an auditor draws it again years later. A test tells the demo in a marked language and looks for the
mark in every column of the database.
"""

from contextlib import contextmanager
from functools import partial, wraps

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language, override


@contextmanager
def house_words():
    """Also as a decorator. What is said within is said in the house's own language, whoever reads."""
    with override(settings.LANGUAGE_CODE):
        yield


def each_in_house_words(pieces):
    """The pieces of a file, made one by one while it goes out: each in the house's language, and only while it is
    made."""
    pieces = iter(pieces)
    end = object()
    while True:
        with house_words():
            piece = next(pieces, end)
        if piece is end:
            return
        yield piece


def later(say):
    """What `say()` gives, said again each time it is read, in the language of that moment."""
    return lazy(say, str)()


def for_each_reader(words_of):
    """A mail's words in whatever language it is read in: for a function that gives {"subject": …, "body": …}."""

    @wraps(words_of)
    def mail(*args, **options):
        said = {}

        def part(name):
            language = get_language()
            if language not in said:
                said[language] = words_of(*args, **options)
            return str(said[language][name])

        return {name: later(partial(part, name)) for name in ("subject", "body")}

    return mail


def in_all_languages(text):
    """A text that waits for its reader, in every language that anybody may have read it in."""
    found = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.add(str(text))
    return found
