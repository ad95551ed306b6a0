"""A stranger's program: it has nothing but the document, and code that a public generator has made of it."""

import importlib
import inspect
import json
import subprocess
import sys
from enum import Enum
from types import SimpleNamespace
from typing import get_args
from urllib.parse import parse_qsl, urlsplit

import httpx
from django.test import Client as DjangoClient

from tests.described import document, operations
from tests.journeys.program import Program
from tools.places import VENV

PACKAGE = "client_of_a_stranger"


def generate(folder):
    """Make the code in a folder, and let it be imported."""
    (folder / "openapi.json").write_text(json.dumps(document()))
    (folder / "config.yml").write_text("post_hooks: []\n")
    done = subprocess.run(
        [VENV / "bin" / "openapi-python-client", "generate", "--meta", "none", "--path", "openapi.json",
         "--output-path", PACKAGE, "--config", "config.yml"],
        cwd=folder, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    return done.stdout


def module_of(operation):
    tag, name = operation["tags"][0].replace("-", "_"), operation["operationId"]
    return importlib.import_module(f"{PACKAGE}.api.{tag}.{name}")


class ToOurHouse(httpx.BaseTransport):
    """What the generated code sends, byte by byte, through the whole stack of the house."""

    def __init__(self, address):
        self.house = DjangoClient(REMOTE_ADDR=address)

    def handle_request(self, request):
        kind = request.headers.get("content-type", "")
        sent = {"headers": {name: text for name, text in request.headers.items() if name != "content-length"}}
        path = request.url.raw_path.decode()
        answer = self.house.generic(request.method, path, request.read(), content_type=kind, **sent)
        content = b"".join(answer) if answer.streaming else answer.content
        return httpx.Response(answer.status_code, headers=dict(answer.items()), content=content)


class Generated(Program):
    """The same programs as in the walk, each call by the generated function, with generated models both ways."""

    def __init__(self, token=""):
        self.address = f"10.2.0.{next(self.machines)}"
        self.take(token)

    def take(self, token):
        made = importlib.import_module(PACKAGE)
        self.client = (
            made.AuthenticatedClient("http://testserver", token) if token else made.Client("http://testserver")
        )
        where = ToOurHouse(self.address)
        words = {"Authorization": f"Bearer {token}"} if token else {}
        self.client.set_httpx_client(httpx.Client(transport=where, base_url="http://testserver", headers=words))

    def asks(self, method, path, data=None, form="json"):
        address = urlsplit(f"/api/{path}")
        operation, values = found(method, address.path)
        act = module_of(operation).sync_detailed
        takes = inspect.signature(act).parameters
        asked = {name: as_taken(takes[name].annotation, text) for name, text in parse_qsl(address.query)}
        body = {"body": as_taken(takes["body"].annotation, data or {})} if "body" in takes else {}
        return held(act(**values, **asked, **body, client=self.client), operation)


def found(method, path):
    """The operation, and the values of what stands in its address."""
    for verb, pattern, operation in operations():
        if verb == method and (match := pattern.match(path)):
            return operation, match.groupdict()
    raise AssertionError(f"{method} {path} is not described.")


def as_taken(annotation, value):
    """What is sent, as the generated function takes it: models, lists of them, enums, files."""
    kinds = [annotation, *get_args(annotation)]
    if isinstance(value, list):
        return [as_taken(one, each) for each in value for one in get_args(annotation)]
    if isinstance(value, str):
        return next((kind(value) for kind in kinds if isinstance(kind, type) and issubclass(kind, Enum)), value)
    model = next(kind for kind in kinds if hasattr(kind, "from_dict"))
    if "file" in value:
        return with_file(model, value)
    return model.from_dict(json.loads(json.dumps(value, default=said)))


def said(value):
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def with_file(model, value):
    file = importlib.import_module(f"{PACKAGE}.types").File(value["file"], value["file"].name, "application/pdf")
    made = model.from_dict({**value, "file": b""})
    made.file = file
    return made


def held(answer, operation):
    """The generated models hold all of the answer, and no more."""
    kind = answer.headers.get("content-type", "")
    if kind.startswith("application/") and "json" in kind and answer.parsed is not None:
        parsed = answer.parsed
        again = [one.to_dict() for one in parsed] if isinstance(parsed, list) else parsed.to_dict()
        assert again == json.loads(answer.content), operation["operationId"]
    return SimpleNamespace(
        status_code=int(answer.status_code), content=answer.content, streaming=False,
        json=lambda: json.loads(answer.content),
    )  # fmt: skip
