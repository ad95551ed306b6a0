"""Form fields that take what people type: a comma or a point, Brussels time, text pasted from anywhere."""

import re
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.amounts import decimal_of
from core.days import BRUSSELS
from core.errors import Incomplete
from core.language import house_words

LONGEST_REASON = 4000
# What turns the direction of what follows or sets it apart, and letters that only machines read: no language of the
# Union needs them.
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" + "".join(map(chr, range(0xE0000, 0xE0080)))
HOLLOW = "\u034f\u115f\u1160\u2800\u3164\uffa0"  # letters and marks that show as nothing
YEARS = range(1990, 2101)  # beyond them a year was mistyped
# "This field is required." blames; this asks. It serves text, choices, boxes and files alike.
forms.Field.default_error_messages["required"] = _("Give an answer here.")


class DecimalField(forms.DecimalField):
    """A number with a comma or a point for its decimals, exactly as meant."""

    def __init__(self, *, max_digits=14, decimal_places=2, **options):
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "data-size": "s"}))
        super().__init__(max_digits=max_digits, decimal_places=decimal_places, **options)
        if decimal_places == 0:
            for one in self.validators:
                if hasattr(one, "messages"):
                    one.messages = one.messages | {"max_decimal_places": _("Give a whole number.")}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal | int):
            return Decimal(value)
        return decimal_of(str(value))


class WholeField(forms.IntegerField):
    """A whole number, read like any other: Python would take 1_0 for ten, and figures of any script."""

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, int):
            return super().to_python(value)
        number = decimal_of(str(value))
        if number != number.to_integral_value():
            raise ValidationError(_("Give a whole number."), code="invalid")
        return int(number)


class MoneyField(DecimalField):
    """An amount in euro and cent, never below nothing."""

    def __init__(self, *, min_value=Decimal(0), **options):
        super().__init__(max_digits=14, decimal_places=2, min_value=min_value, **options)

    def prepare_value(self, value):
        """Show 1 234 567.89; a wrong entry comes back as it was typed."""
        if isinstance(value, Decimal):
            return f"{value:,.2f}".replace(",", " ")
        return value


class CleanTextMixin:
    """Text in one form of Unicode, without the invisible characters that break letters and files."""

    def to_python(self, value):
        value = super().to_python(value)
        if not isinstance(value, str):
            return value
        value = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
        self.refuse_control_characters(value)
        if self.strip and is_blank(value):
            return self.empty_value
        return value.strip() if self.strip else value

    def refuse_control_characters(self, value):
        for place, character in enumerate(value, 1):
            if is_forbidden(character, allowed=self.allowed):
                raise ValidationError(
                    _("Character %(place)d cannot be printed; delete it, or paste the text as plain text."),
                    code="control",
                    params={"place": place},
                )


def is_forbidden(character, *, allowed):
    """Control characters and halves of characters: no letter, file or database can hold them all. And what turns the
    words behind it round: people would read other words than are kept."""
    is_control = unicodedata.category(character) in {"Cc", "Cs"} or character in TURNING
    return is_control and character not in allowed


def is_blank(text):
    """Nothing in it can be seen."""
    return all(one.isspace() or one in HOLLOW or unicodedata.category(one) == "Cf" for one in text)


class CleanCharField(CleanTextMixin, forms.CharField):
    """One line. What is too long is counted and said: a browser would cut it without a word."""

    allowed = ""

    def __init__(self, **options):
        super().__init__(**options)
        # Django's own check for NUL stands before ours and says less
        self.validators = [one for one in self.validators if type(one).__name__ != "ProhibitNullCharactersValidator"]

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        return attrs | {"data-counter": attrs.pop("maxlength")} if "maxlength" in attrs else attrs


class CleanTextField(CleanCharField):
    """Several lines; the widget counts characters against `max_length` as this field does."""

    allowed = "\n\t"

    def __init__(self, *, rows=6, **options):
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**options)


def reason_of(text):
    """A reason as every door of an act takes it."""
    try:
        with house_words():  # one that the house gives waits to be said until here
            text = str(text) if isinstance(text, Promise) else text
        return CleanTextField(required=False, max_length=LONGEST_REASON).clean(text)
    except ValidationError as wrong:
        raise Incomplete({"reason": " ".join(wrong.messages)}) from wrong


def base_of(stamp):
    """The stamp that an actor saw, as every door of an act takes it: None when none was said, -1 for nonsense.

    A page that says nonsense has seen nothing that still holds.
    """
    if stamp is None or isinstance(stamp, int):
        return stamp
    text = str(stamp)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


class DayField(forms.DateField):
    """A day: 2026-03-01, or 1.3.2026, 01/03/2026 and 1-3-2026, the day first as everywhere in the Union."""

    patterns = (r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
                r"(?P<day>\d{1,2})[./ -]\s?(?P<month>\d{1,2})[./ -]\s?(?P<year>\d{4})")  # fmt: skip

    def __init__(self, **options):
        options.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "data-size": "s"}))
        super().__init__(**options)

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, date):
            return value or None
        found = next((one for pattern in self.patterns if (one := re.fullmatch(pattern, str(value).strip()))), None)
        if found is None or not str(value).isascii():
            raise ValidationError(_("Write the day as 2026-03-31 or 31.3.2026."), code="invalid")
        return day_in({name: int(figures) for name, figures in found.groupdict().items()})


def day_in(figures):
    if figures["year"] not in YEARS:
        raise ValidationError(_("Check the year: it has four figures and is not far from today."), code="year")
    try:
        return date(**figures)
    except ValueError as wrong:
        raise ValidationError(
            _("There is no such day; write the day before the month, for example 31.3.2026."), code="never"
        ) from wrong


class BrusselsDateTimeField(forms.Field):
    """A moment to the second, said in Brussels time, kept in UTC."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"})
    patterns = (
        "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M",
        "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M",
    )  # fmt: skip

    def __init__(self, **options):
        options.setdefault("help_text", _("Brussels time, to the second."))
        super().__init__(**options)

    def prepare_value(self, value):
        if isinstance(value, datetime):
            return value.astimezone(BRUSSELS).strftime("%Y-%m-%dT%H:%M:%S")
        return value

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, datetime) and value.tzinfo:
            return value.astimezone(UTC)
        return in_brussels(self.parse(str(value).strip()))

    def parse(self, text):
        for pattern in self.patterns:
            try:
                return datetime.strptime(text, pattern)  # noqa: DTZ007 - the zone is Brussels, put on in in_brussels
            except ValueError:
                continue
        raise ValidationError(
            _("Write the day and the time to the second, for example 2026-03-31 17:00:00."), code="invalid"
        )


def in_brussels(wall):
    """The moment a Brussels clock shows this; two nights a year a time is shown never, or twice."""
    if wall.year not in YEARS:
        raise ValidationError(_("Check the year: it has four figures and is not far from today."), code="year")
    early, late = (wall.replace(tzinfo=BRUSSELS, fold=fold) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        return early.astimezone(UTC)
    if early.astimezone(UTC).astimezone(BRUSSELS).replace(tzinfo=None) != wall:
        raise ValidationError(
            _("The clocks go forward that night and this hour does not exist; choose a time before or after it."),
            code="never",
        )
    raise ValidationError(
        _("The clocks go back that night and this hour comes twice; choose a time before or after it."), code="twice"
    )


class ManyFiles(forms.FileField):
    """Any number of files; none too, where it is not required."""

    widget = type("Several", (forms.FileInput,), {"allow_multiple_selected": True})

    def clean(self, data, initial=None):
        return [super(ManyFiles, self).clean(one, initial) for one in data or ([None] if self.required else [])]
