"""The document that describes the interface for programs, held against every answer that any test is given."""

import json
import re
from functools import cache
from threading import Lock

from jsonschema import Draft202012Validator

from isf_police import interface
from tests.rights import under_way

DRAWING = Lock()
FAULT = 500  # forced by a test
METHODS = ("get", "post", "put", "patch", "delete")


def document():
    """As it is served: plain JSON. Drawn once, however many threads of a race ask first."""
    with DRAWING:
        return drawn()


@cache
def drawn():
    return json.loads(json.dumps(interface.document(), default=str))


@cache
def operations():
    """[(method, pattern of its path, operation)], the paths without parameters first."""
    found = [
        (method, re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path) + "$"), operation)
        for path, item in document()["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]
    return sorted(found, key=lambda one: one[1].pattern.count("[^/]+"))


def operation_of(method, path):
    """The operation that answers there, or None: “assign_all” is no id, also where another method asks for it."""
    there = [(pattern, verb, one) for verb, pattern, one in operations() if pattern.match(path)]
    return next((one for pattern, verb, one in there if verb == method.lower() and pattern == there[0][0]), None)


@cache
def validator_of(reference):
    """Of a schema in the document, by the text of it."""
    return Draft202012Validator({**json.loads(reference), "components": document()["components"]})


def faults_of(operation, answer):
    """What of an answer the document does not say."""
    told = operation["responses"].get(str(answer.status_code))
    if told is None:
        return [f"{answer.status_code} is not documented"]
    kinds, kind = told.get("content", {}), answer.headers.get("Content-Type", "").partition(";")[0]
    if not kinds:
        return [f"{answer.status_code} has a body that is not documented"] if answer.streaming or answer.content else []
    if kind not in kinds:
        return [f"{answer.status_code} is {kind}, not {', '.join(kinds)}"]
    return faults_in(kinds[kind].get("schema", {}), answer) if kind.endswith("json") else []


def faults_in(schema, answer):
    errors = validator_of(json.dumps(schema)).iter_errors(json.loads(answer.content))
    return [f"{answer.status_code} {'.'.join(map(str, one.absolute_path))}: {one.message[-400:]}" for one in errors]


class HeldAgainstTheDocument:
    """Before everything else in the suite: an answer that is not described is a fault of the test that got it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with under_way():
            answer = self.get_response(request)
        operation = request.path.startswith("/api/") and operation_of(request.method, request.path)
        if operation and answer.status_code != FAULT and (faults := faults_of(operation, answer)):
            raise AssertionError(f"{request.method} {request.path}: {'; '.join(faults)}")
        return answer
