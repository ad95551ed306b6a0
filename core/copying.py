"""CSV straight from the database by COPY, the formula guard in SQL: the queryset's own query, so its own permissions.

Cell by cell the same text as `core.export.harmless` gives; a property test compares the two.
"""

import csv
import tempfile
from io import TextIOWrapper

from django.db import connection, models
from django.http import FileResponse

GUARDED = "E'=+-@\\t\\r\\n＝＋－＠'"
RISKY = "ltrim({0}, ' ') <> '' AND strpos(" + GUARDED + ", left(ltrim({0}, ' '), 1)) > 0"
TEXT = f"CASE WHEN {RISKY} THEN '''' || {{0}} ELSE {{0}} END"
MOMENT = "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
TRUTH = "CASE {0} WHEN true THEN 'True' WHEN false THEN 'False' END"
PLAIN = "{0}"
FORMS = {models.DateTimeField: MOMENT, models.BooleanField: TRUTH, models.CharField: TEXT, models.TextField: TEXT}


def copied_response(name, labels, rows, fields):
    file = copied_file(labels, rows, fields)
    return FileResponse(file, as_attachment=True, filename=f"{name}.csv", content_type="text/csv; charset=utf-8")


def copied_file(labels, rows, fields):
    """An open temporary file: UTF-8 with a byte order mark, the labels, then what COPY writes."""
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    heading = TextIOWrapper(kept, encoding="utf-8-sig", newline="")
    csv.writer(heading, lineterminator="\n").writerow(labels)
    heading.detach()
    with connection.cursor() as cursor:
        cursor.copy_expert(statement(cursor, rows, fields), kept)
    kept.seek(0)
    return kept


def statement(cursor, rows, fields):
    # a filter that can find nothing is asked all the same: its file has a heading and no rows
    inner, given = rows.values_list(*fields).query.get_compiler(connection=connection, elide_empty=False).as_sql()
    places = [f"c{place}" for place in range(len(fields))]
    shown = ", ".join(form_of(rows, field).format(place) for field, place in zip(fields, places, strict=True))
    selected = f"SELECT {shown} FROM ({inner}) AS asked ({', '.join(places)})"  # noqa: S608  # nosec B608 - no word of users
    return f"COPY ({cursor.mogrify(selected, given).decode()}) TO STDOUT WITH (FORMAT csv)"


def form_of(rows, field):
    """How a column is written, by the kind of its field or annotation."""
    kind = (
        rows.query.annotations[field].output_field if field in rows.query.annotations else field_of(rows.model, field)
    )
    return next((form for known, form in FORMS.items() if isinstance(kind, known)), PLAIN)


def field_of(model, path):
    """Follow a path like `writer__name` to its last field."""
    first, _, rest = path.partition("__")
    field = model._meta.get_field(first)
    return field_of(field.related_model, rest) if rest else field
