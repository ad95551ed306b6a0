"""What the API takes of a part, cleaned as the pages clean it."""

import json

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from applications.parts.forms.rows import COSTS
from core import numbers
from core.changes import REMOVE
from core.errors import Incomplete
from core.fields import CleanTextField
from core.problems import flat


def cleaned(serializer, place=""):
    """The cleaned values, or one refusal with a sentence for each field; `place` stands before their names."""
    if not serializer.is_valid():
        gaps = dict(flat(serializer.errors, place))
        raise Incomplete(gaps, _("Some of what you sent cannot be used; nothing was changed."))
    return serializer.validated_data


class Words(serializers.CharField):
    """Text as the pages take it: one form of Unicode, nothing that cannot be printed."""

    def __init__(self, **options):
        super().__init__(**{"required": False, "allow_blank": True, **options})

    def to_internal_value(self, data):
        try:
            return CleanTextField(required=False).clean(super().to_internal_value(data))
        except ValidationError as error:
            raise serializers.ValidationError(error.messages) from error


class Day(numbers.Day):
    """None too."""

    def __init__(self, **options):
        super().__init__(**{"required": False, "allow_null": True, **options})


# changes of single answers

NOT_OURS = gettext_lazy("The page did not say what it was drawn with; load it again.")


class ChangeSerializer(serializers.Serializer):
    """`base`: what the answer said when its author saw it; of a long text, {"sha256"} will do. `sent`: what the author
    has sent since without getting an answer."""

    told_apart_by = ("part", "row", "field")

    part = serializers.CharField(max_length=30)
    row = serializers.UUIDField(required=False, allow_null=True, help_text="Of a partner or an activity.")
    field = serializers.CharField(max_length=40)
    base = serializers.JSONField(required=False, default="")
    sent = serializers.ListField(child=serializers.JSONField(), required=False, default=list)
    value = serializers.JSONField(required=False, default="")

    def validate(self, said):
        """As it travels inside: the name of an answer begins with its row."""
        row, field = said.pop("row", None), said.pop("field")
        return {**said, "name": f"{row}-{field}" if row else field}


def changes_on(page, part):
    """What a page sends: its script the changes alone, a browser without one the whole form and what it was drawn
    with."""
    if "changes" in page:
        return [{**change_in(one), "part": part.name} for one in parsed(page["changes"], [])]
    drawn = parsed(page.get("drawn"), {})
    unheard = parsed(page.get("unheard"), {})
    changes = [
        change_in({"name": name, "base": base, "sent": unheard.get(name, []), "value": said_at(page, name, base)})
        | {"part": part.name}
        for name, base in drawn.items()
        if not name.endswith(f"-{COSTS}")
    ]
    removed = [name.rpartition("-")[0] for name in page if name.endswith(f"-{REMOVE}")]
    return changes + [removal(row, drawn, part) for row in removed]


def change_in(said):
    """One change of the shape that our script sends."""
    if isinstance(said, dict) and isinstance(said.get("name"), str) and isinstance(said.get("sent", []), list):
        return said
    raise Incomplete({"": NOT_OURS})


def removal(row, drawn, part):
    """A row is removed as its author saw it."""
    base = {name.removeprefix(f"{row}-"): seen for name, seen in drawn.items() if name.startswith(f"{row}-")}
    return {"part": part.name, "name": f"{row}-{REMOVE}", "base": base, "value": "on"}


def said_at(page, name, base):
    return page.getlist(name) if isinstance(base, list) else page.get(name, "")


def parsed(text, nothing):
    """JSON of the shape of `nothing`; a page that sends anything else was not drawn by us."""
    try:
        found = json.loads(text or json.dumps(nothing))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, type(nothing)):
        raise Incomplete({"": NOT_OURS})
    return found
