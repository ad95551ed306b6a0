"""What programs send: no operation passes over what it does not know, takes the last of two, writes over a colleague.

The mechanism is one (`core.bodies`); here every operation of the interface is held to take part in it.
"""

import pytest
from django import forms
from django.urls import get_resolver
from rest_framework import serializers
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from core.api import Careful
from core.bodies import asks_for_version, taken_by
from core.lists import RowList
from core.numbers import READ_BY

WRITING = {"POST", "PUT", "PATCH", "DELETE"}
READ_WITH_PATIENCE = {"SearchView"}  # the CommonGrants protocol: what it does not know it names in its answer
# operations on a row that may be sent without its version, and why nothing of a colleague's is lost by that
NOT_BASED = {
    "take_step": "the state is what it rests on: taken by somebody else before, it is refused",
    "submit": "a version of its own: nothing is written over",
    "standing_order": "one at a time, kept for ever",
    "close": "a move of its state", "end": "a move of its state", "keep": "a move of its state",
    "hand_over": "a move of its state", "merge": "a move of its state", "take_back": "a move of its state",
    "decline": "a move of its state", "accept": "a move of its state", "answer": "a move of its state",
    "confirm": "a move of its state", "sign": "names the list by its hash", "settle": "names an open tie whole",
    "reply_clarification": "a move of its state", "withdraw_clarification": "a move of its state",
    "reply_hearing": "a move of its state", "withdraw_hearing": "a move of its state",
    "consider_hearing": "a move of its state", "close_hearing": "a move of its state",
    "attachments": "another file; `replaces` names the one that goes", "attachment": "names its file",
    "ParticipationViewSet.partial_update": "each change has its base",
    "copies": "writes over nothing", "papers": "another paper", "conditions": "another condition",
    "clarifications": "another one", "hearings": "another one", "ask": "another question",
    "duties": "each part has the stamp of its own; without one, only where nobody had it",
    "follow": "one's own", "unfollow": "one's own", "what_if": "saves nothing",
}  # fmt: skip


def views(patterns=None):
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(one, "url_patterns"):
            yield from views(one.url_patterns)
        elif issubclass(kind := getattr(one.callback, "cls", object), APIView):
            yield kind, getattr(one.callback, "actions", None) or {
                verb: verb for verb in kind.http_method_names if hasattr(kind, verb)
            }, getattr(one.callback, "initkwargs", {})  # fmt: skip


def operations():
    """[(view as it answers, name of its method, verb)] of everything that writes."""
    found = {}
    for kind, verbs, extra in views():
        for verb, name in verbs.items():
            if verb.upper() in WRITING and getattr(kind, name, None):
                view = kind(**extra)
                view.action_map, view.kwargs, view.format_kwarg = {verb: name}, {}, None
                view.request = view.initialize_request(getattr(APIRequestFactory(), verb)("/"))
                found[kind, name, verb.upper()] = view
    return [(view, name, verb) for (_kind, name, verb), view in found.items()]


def fields_in(field, place=""):
    """Each field of a body at whatever depth, with its place."""
    yield place, field
    inner = getattr(field, "child", None)
    if inner is not None:
        yield from fields_in(inner, f"{place}[]")
    for name, one in getattr(field, "fields", {}).items():
        if not one.read_only:
            yield from fields_in(one, f"{place}.{name}")


def bodies():
    return [(f"{type(view).__name__}.{name}", taken_by(view, verb)) for view, name, verb in operations()
            if isinstance(view, Careful)]  # fmt: skip


def test_every_operation_that_writes_takes_part():
    found = operations()
    assert len(found) > 90
    assert {type(view).__name__ for view, _n, _v in found if not isinstance(view, Careful)} == READ_WITH_PATIENCE


def test_rows_of_a_list_say_what_tells_them_apart():
    unsaid = [
        place + where
        for place, taken in bodies()
        for where, field in fields_in(taken)
        if isinstance(field, serializers.ListSerializer) and not getattr(field.child, "told_apart_by", ())
    ]
    assert unsaid == []


def test_numbers_and_days_are_read_as_on_the_pages():
    others = [
        place + where for place, taken in bodies() for where, field in fields_in(taken)
        if type(field) in READ_BY or isinstance(field, serializers.FloatField)
    ]  # fmt: skip
    assert others == []


def test_what_writes_over_something_says_on_what_it_is_based():
    silent = {
        f"{type(view).__name__}.{name}"
        for view, name, verb in operations()
        if isinstance(view, Careful) and getattr(view, "detail", False)
        and not {name, f"{type(view).__name__}.{name}"} & NOT_BASED.keys()
        and not asks_for_version(taken_by(view, verb), {"what": "ever"})
    }  # fmt: skip
    assert silent == set()


def lists(kind=RowList):
    for one in kind.__subclasses__():
        yield one
        yield from lists(one)


@pytest.mark.django_db
def test_every_text_filter_of_a_list_has_a_bound():
    assert list(views())  # every app is there, with its lists
    fields = [(f"{kind.__name__}.{one.name}", one.field()) for kind in lists() for one in kind.described().filters]
    assert len(fields) > 60
    assert [name for name, field in fields if isinstance(field, forms.CharField) and not field.max_length] == []
