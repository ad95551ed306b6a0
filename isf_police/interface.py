"""The interface for programs, described in the house's own frame: drawn from the document that programs read."""

from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace

from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.views import SpectacularAPIView

from core.language import house_words

METHODS = ("get", "post", "put", "patch", "delete")
DEEPEST = 3  # objects within objects are laid out so far; whoever needs more reads the document


@lru_cache(maxsize=1)
@house_words()
def document():
    """The same for everybody, in the house's language, as it was when this process started: drawing it takes half a
    second and more."""
    return SchemaGenerator().get_schema(request=None, public=True)


@lru_cache(maxsize=1)
def as_yaml():
    return OpenApiYamlRenderer().render(document())


class DrawnOnce(SchemaGenerator):
    def get_schema(self, request=None, public=False):
        return document()


class WrittenOnce(OpenApiYamlRenderer):
    def render(self, data, media_type=None, renderer_context=None):
        return as_yaml() if data is document() else super().render(data, media_type, renderer_context)


class DocumentView(SpectacularAPIView):
    """The OpenAPI document: YAML, or JSON with `?format=json`."""

    generator_class = DrawnOnce
    renderer_classes = (WrittenOnce, OpenApiJsonRenderer)


# the document, laid out for reading


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    said: dict  # what the document says of it

    @property
    def at(self):
        return f"{self.method} {self.path}"

    @property
    def anchor(self):
        return self.said["operationId"].replace("_", "-")

    @property
    def words(self):
        return self.said.get("description", "")

    @property
    def parameters(self):
        found = self.said.get("parameters", [])
        return [[one["name"], place(one["in"]), kind(one["schema"]), one.get("description", "")] for one in found]

    @property
    def fields(self):
        return [[name, kind(schema), _("yes") if needed else "", schema.get("description", "")]
                for name, schema, needed in fields_of(body_of(self.said.get("requestBody", {})))]  # fmt: skip

    @property
    def answers(self):
        return [[status, one.get("description") or _("Done."), kind(body_of(one)) if body_of(one) else "–"]
                for status, one in self.said["responses"].items()]  # fmt: skip

    @property
    def given(self):
        """[name, kind, description] of what a success brings along."""
        success = next((one for status, one in self.said["responses"].items() if status.startswith("2")), {})
        return [[name, kind(schema), schema.get("description", "")]
                for name, schema, _needed in fields_of(body_of(success))]  # fmt: skip


@lru_cache(maxsize=1)
def groups():
    """{name: its operations}, as the addresses stand."""
    found = {}
    for path, methods in document()["paths"].items():
        for method in METHODS:
            if method in methods:
                name = next(iter(methods[method].get("tags", ())), "api")
                found.setdefault(name, []).append(Operation(method.upper(), path, methods[method]))
    return dict(sorted(found.items()))


def overview():
    """A line for each group: its name, and how many operations it has."""
    return [SimpleNamespace(name=name, count=len(operations)) for name, operations in groups().items()]


def place(where):
    return {"path": _("in the address"), "query": _("after the question mark"), "header": _("header")}.get(where, where)


def resolved(schema):
    """What stands behind a reference, or behind the only member of an allOf; what is said beside it stays."""
    while True:
        if "$ref" in schema:
            found = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        elif len(schema.get("allOf", ())) == 1:
            found = schema["allOf"][0]
        else:
            return schema
        schema = {**found, **{key: value for key, value in schema.items() if key not in {"$ref", "allOf"}}}


def body_of(told):
    """The schema of a request or an answer; JSON where there is a choice."""
    content = told.get("content", {})
    chosen = content.get("application/json") or next(iter(content.values()), {})
    return chosen.get("schema", {})


def fields_of(schema, *, before="", depth=0):
    """(name, schema, required) of each field; within an object `outer.inner`, within a list `outer[].inner`."""
    schema = resolved(schema)
    if "items" in schema:
        return fields_of(schema["items"], before=f"{before}[]", depth=depth)
    rows = []
    for name, field in schema.get("properties", {}).items():
        full = f"{before}.{name}".removeprefix(".")
        rows.append((full, resolved(field), name in schema.get("required", ())))
        if depth < DEEPEST:
            rows += fields_of(field, before=full, depth=depth + 1)
    return rows


def kind(schema):
    """What a value is, in words."""
    schema = resolved(schema)
    if choices := schema.get("oneOf") or schema.get("anyOf") or schema.get("allOf"):
        return _(" or ").join(dict.fromkeys(kind(one) for one in choices if one.get("type") != "null"))
    if "enum" in schema:
        return _("one of: %(values)s") % {
            "values": ", ".join(str(one) for one in schema["enum"] if one not in (None, ""))
        }
    if "items" in schema:
        return _("list of: %(kind)s") % {"kind": kind(schema["items"])}
    return plain_kind(schema)


def plain_kind(schema):
    kinds = schema.get("type", "object" if "properties" in schema else "")
    named = _(" or ").join(word(one) for one in ([kinds] if isinstance(kinds, str) else kinds) if one != "null")
    return f"{named} ({schema['format']})" if "format" in schema else named


def word(name):
    words = {"string": _("text"), "integer": _("whole number"), "number": _("number"), "boolean": _("true or false"),
             "array": _("list"), "object": _("object"), "": _("anything")}  # fmt: skip
    return words.get(name, name)
