"""How the interface for programs is described: lists by their own declaration, bodies as JSON, every refusal as a
problem. The document is made from what answers, so that it says what is answered."""

from functools import cache

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema_serializer,
    inline_serializer,
)
from rest_framework import serializers

from core.lists.kinds import DAY, described
from core.problems import PROBLEM_TYPE, PROBLEMS, ProblemSerializer

JSON = "application/json"
CURSOR = OpenApiParameter("page", str, description="From `next` or `previous` of another answer.")
PROMISED = "Promised: `Location` tells how far it has come."
SENDERS_KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="Your own word for this request: sent again with the "
    "same, within a day, it is not done again, and answered as it was the first time.",
)  # fmt: skip
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="The `ETag` of the row as you read it: done only if it has "
    "not changed since.",
)  # fmt: skip
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="The `ETag` of an earlier answer: 304 where it holds.",
)  # fmt: skip
WRITING = ("POST", "PUT", "PATCH", "DELETE")


class Described(AutoSchema):
    def map_parsers(self):
        """Forms are taken too, but what nests fits into JSON alone; whoever takes files says so."""
        return [JSON]

    @property
    def lists(self):
        """The lists that this action shows."""
        action = getattr(self.view, "action", "")
        if below := getattr(self.view, "lists_below", {}).get(action):
            return [below]
        if action != "list" or not hasattr(self.view, "row_lists"):
            return []
        return self.view.row_lists or [one for one in [self.view.row_list] if one]

    def get_request_serializer(self):
        """What is taken is said by `extend_schema`: the library would guess what is told."""
        return

    def get_response_serializers(self):
        if self.lists:
            return pages_of(self.lists)
        told = getattr(self.view, "described_as", None) or super().get_response_serializers()
        return {200: told, 202: OpenApiResponse(told, PROMISED)} if self.is_a_step else told

    @property
    def is_a_step(self):
        return getattr(self.view, "action", "") == "take_step"

    @property
    def is_of_a_part(self):
        """What belongs to a row may not be there yet, or not any more; the row itself always is."""
        return getattr(self.view, "detail", False) and getattr(self.view, "action", "") != "retrieve"

    def get_override_parameters(self):
        return [*(parameters_of(self.lists) if self.lists else []), *self.headers]

    @property
    def headers(self):
        """What a view of the house understands beside the address."""
        if not hasattr(self.view, "in_its_frame"):
            return []
        if self.method == "GET":
            return [IF_NONE_MATCH]
        has_stamp = getattr(self.view, "detail", False) and hasattr(self.view.queryset.model, "stamp")
        return [*([SENDERS_KEY] if self.method == "POST" else []), *([IF_MATCH] if has_stamp else [])]

    def get_operation(self, *args, **kwargs):
        operation = super().get_operation(*args, **kwargs)
        if operation:
            for status in self.refusals(operation):
                operation["responses"].setdefault(str(status), self.refusal(status))
            if IF_NONE_MATCH in self.headers and not is_of_bytes(operation):
                operation["responses"].setdefault("304", {"description": "As you have it."})
        return operation

    def refusals(self, operation):
        """Which there are, by what is asked."""
        takes_tokens = any(operation.get("security", ()))  # also where none is needed: a wrong one is refused
        found = {406, 429, 503} | ({401, 403} if takes_tokens else set())
        if operation.get("parameters"):
            found |= {400} if any(one["in"] == "query" for one in operation["parameters"]) else set()
            found |= {404} if any(one["in"] == "path" for one in operation["parameters"]) else set()
        if self.method in WRITING:
            found |= {400, 403, 404, 409, 412, 415}
            found |= {428} if asks_for_a_version(self.get_request_serializer()) else set()
            found |= {422} if SENDERS_KEY in self.headers else set()
        if is_of_bytes(operation) or self.is_of_a_part:
            found |= {409}
        return sorted(found)

    def refusal(self, status):
        words = " ".join(str(one.title) for one in PROBLEMS if one.code == status)
        told = self.resolve_serializer(ProblemSerializer, "response").ref
        return {"description": words, "content": {PROBLEM_TYPE: {"schema": told}}}


def asks_for_a_version(taken):
    fields = getattr(taken() if isinstance(taken, type) else taken, "fields", {})
    return getattr(fields.get("stamp"), "is_wanted", False)


def is_of_bytes(operation):
    kinds = operation["responses"].get("200", {}).get("content", {})
    return bool(kinds) and JSON not in kinds


# lists


@cache
def page_of(kind):
    """The serializer of a page of this list."""
    row = row_of(kind)
    page = inline_serializer(
        row.__name__.removesuffix("Row") + "Page",
        {
            "count": serializers.CharField(help_text="Capped: “1000+” when there are more."),
            "next": serializers.CharField(allow_null=True, help_text="The address of the next page."),
            "previous": serializers.CharField(allow_null=True, help_text="The address of the page before."),
            "results": row(many=True),
        },
    )
    extend_schema_serializer(many=False)(type(page))
    return page


@cache
def row_of(kind):
    fields = {"id": serializers.CharField()}
    for column in kind.described().told_columns:
        fields |= described(column)
    name = kind.__name__.removesuffix("List") + "Row"
    return type(name, (serializers.Serializer,), {**fields, "__doc__": str(kind.title)})


def pages_of(kinds):
    """One page, or the one that is for the reader."""
    pages = [page_of(kind) for kind in kinds]
    if len(pages) == 1:
        return pages[0]
    name = "Or".join(type(page).__name__.removesuffix("Page") for page in pages) + "Page"
    return PolymorphicProxySerializer(name, [type(page) for page in pages], resource_type_field_name=None, many=False)


def any_of(result, generator, request, public):
    """A hook: what one reader gets may be a part of what another gets, so several forms may fit one answer."""
    for schema in result["components"]["schemas"].values():
        if "oneOf" in schema and "discriminator" not in schema:
            schema["anyOf"] = schema.pop("oneOf")
    return result


def parameters_of(kinds):
    """The filters and orders that these lists offer."""
    filters = [one for kind in kinds for one in kind.described().filters]
    codes = {
        name: {code: None for one in filters if one.name == name for code in one.codes}
        for name in dict.fromkeys(one.name for one in filters)
    }
    found = {one.name: filter_of(one, codes[one.name]) for one in filters}
    sorts = list(dict.fromkeys(sort for kind in kinds for sort in kind.described().sorts))
    both = [sign + name for name in sorts for sign in ("", "-")]
    order = OpenApiParameter("sort", str, enum=both, description=f"Usually {kinds[0].default_sort}; “-” turns it.")
    return [*found.values(), order, CURSOR]


def filter_of(one, codes):
    kind = {"type": "string", "format": "date"} if one.kind == DAY else str
    return OpenApiParameter(one.name, kind, enum=list(codes) or None, description=str(one.label))
