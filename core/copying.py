"""Files straight from the database by COPY: the queryset's own query, so its own permissions.

CSV with the formula guard in SQL, sheets with their XML in SQL. Cell by cell the same as `core.export` and
`core.sheets` write; a property test compares them.
"""

import csv
import tempfile
from functools import reduce
from io import TextIOWrapper

from django.db import connection, models
from django.http import FileResponse

from core import sheets
from core.export import COMMA, CSV_FORMS, CSV_TYPE, SIGNS, UNSEEN, ending
from core.language import house_words

SPACE, SIGN = UNSEEN.replace("'", "''"), SIGNS.replace("\\", "\\\\")
RISKY = f"{{{{0}}}} ~ E'^[{SPACE}]*[{SIGN}\\t\\r\\n]|[{{breaks}}][{SPACE}]*[{SIGN}]'"
PLACES = f"E'^(?=[{SPACE}]*[{SIGN}\\t\\r\\n])|(?<=[{{breaks}}])(?=[{SPACE}]*[{SIGN}])'"
TEXT = f"CASE WHEN {RISKY} THEN regexp_replace({{{{0}}}}, {PLACES}, '''', 'g') ELSE {{{{0}}}} END"
MOMENT = "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
TRUTH = "CASE {0} WHEN true THEN 'True' WHEN false THEN 'False' END"
PLAIN = "{0}"
# In a sheet: an inline text cannot be a formula. What COPY itself would escape is written as XML has it.
PRINTED = "left(regexp_replace({0}::text, U&'[\\0001-\\0008\\000B-\\001F\\FFFE\\FFFF]', '', 'g'), 32767)"
ENTITIES = {"'&'": "&amp;", "'<'": "&lt;", "'>'": "&gt;", "'\\'": "&#92;", "E'\\n'": "&#10;", "E'\\t'": "&#9;"}
WRITTEN = reduce(lambda text, sign: f"replace({text}, {sign}, '{ENTITIES[sign]}')", ENTITIES, PRINTED)
CELL = "coalesce('<c t=\"inlineStr\"><is><t xml:space=\"preserve\">' || {0} || '</t></is></c>', '<c/>')"
NUMBER = "coalesce('<c{style}><v>' || {value} || '</v></c>', '<c/>')"
SERIAL = "round(extract(epoch from {0})::numeric(30, 20) / 86400 + 25569, 11)"
DAYS = "{0} - DATE '1899-12-30'"
COUNT = NUMBER.format(style="", value="{0}")
CELLS = {
    models.DateTimeField: NUMBER.format(style=sheets.MOMENT, value=SERIAL),
    models.DateField: NUMBER.format(style=sheets.DAY, value=DAYS), models.BooleanField: CELL.format(TRUTH),
    models.IntegerField: COUNT, models.DecimalField: COUNT, models.Field: CELL.format(WRITTEN),
}  # fmt: skip
SUM = NUMBER.format(style=sheets.MONEY, value="{0}")


def forms_of(way):
    """{kind of field: how CSV has it}, for one way to write CSV."""
    text = TEXT.format(breaks=way.breaks.encode("unicode_escape").decode())
    money = PLAIN if way is COMMA else f"replace({{0}}::text, '.', '{way.decimals}')"
    texts = {models.CharField: text, models.TextField: text}
    return {models.DateTimeField: MOMENT, models.BooleanField: TRUTH, models.DecimalField: money, **texts}


FORMS = {way: forms_of(way) for way in CSV_FORMS.values()}


def copied_response(name, labels, rows, fields, form="csv"):
    file = copied_file(labels, rows, fields, CSV_FORMS[form])
    return FileResponse(file, as_attachment=True, filename=f"{name}.{ending(form)}", content_type=CSV_TYPE)


@house_words()
def copied_file(labels, rows, fields, way=COMMA):
    """An open temporary file: UTF-8 with a byte order mark, the labels, then what COPY writes."""
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    heading = TextIOWrapper(kept, encoding="utf-8-sig", newline="")
    csv.writer(heading, lineterminator="\n", delimiter=way.separator).writerow(labels)
    heading.detach()
    options = f"FORMAT csv, DELIMITER '{way.separator}'"
    with connection.cursor() as cursor:
        cursor.copy_expert(statement(cursor, rows, fields, FORMS[way], options), kept)
    kept.seek(0)
    return kept


def copied_sheet(labels, rows, fields):
    """The same as a workbook."""

    def write(sheet):
        with connection.cursor() as cursor:
            cursor.copy_expert(statement(cursor, rows, fields, CELLS, "FORMAT text"), sheet)

    return sheets.workbook(labels, write)


def statement(cursor, rows, fields, forms, options):
    # a filter that can find nothing is asked all the same: its file has a heading and no rows
    inner, given = rows.values_list(*fields).query.get_compiler(connection=connection, elide_empty=False).as_sql()
    places = [f"c{place}" for place in range(len(fields))]
    shown = [form_of(rows, field, forms).format(place) for field, place in zip(fields, places, strict=True)]
    shown = f"'<row>' || {' || '.join(shown)} || '</row>'" if forms is CELLS else ", ".join(shown)
    selected = f"SELECT {shown} FROM ({inner}) AS asked ({', '.join(places)})"  # noqa: S608  # nosec B608 - no word of users
    return f"COPY ({cursor.mogrify(selected, given).decode()}) TO STDOUT WITH ({options})"


def form_of(rows, field, forms):
    """How a column is written, by the kind of its field or annotation."""
    kind = (
        rows.query.annotations[field].output_field if field in rows.query.annotations else field_of(rows.model, field)
    )
    if forms is CELLS and getattr(kind, "decimal_places", None) == 2:
        return SUM
    return next((form for known, form in forms.items() if isinstance(kind, known)), PLAIN)


def field_of(model, path):
    """Follow a path like `writer__name` to its last field."""
    first, _, rest = path.partition("__")
    field = model._meta.get_field(first)
    return field_of(field.related_model, rest) if rest else field
