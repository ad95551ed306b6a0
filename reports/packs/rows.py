"""The versions of rows that records tell of, each as the text whose digest the record's hash covers."""

import json
from dataclasses import dataclass

from django.db import connection

from applications.models import Application, BudgetLine, Milestone, Partner
from audit.history import tables_of_versions
from audit.models import Shape
from audit.rows import GONE, told_tables
from core.past import key_of
from reports.withheld import NO_VERSION, NOT_YOURS, ON_REQUEST, OWNERS_WORK, PERSONAL

OF_THE_MATTER = {"programmes", "applications", "evaluation", "awards"}  # people and sessions are no business of a pack
ABOVE = (
    "assessment",
    "consensus",
    "ranked_list",
    "decision",
    "application",
    "call",
)  # whose sight decides, nearest first
PROPOSAL = {
    model._meta.db_table
    for model in (
        Application, Application.objectives.through, Application.actions.through, Partner, BudgetLine, Milestone,
    )
}  # fmt: skip
VERSIONS = """
    SELECT row_id, content::text, row_digest(content) FROM (
        SELECT v.id::text row_id, (
            SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(v)) WHERE %s::jsonb ? key) content
        FROM {versions} v WHERE v.{key} = ANY(%s::{type}[])) versions
"""
TODAY = "SELECT id::text, row_digest(to_jsonb(t) - %s::text[]) FROM {table} t WHERE id = ANY(%s::{type}[])"


@dataclass(frozen=True)
class Told:
    """What one record tells of one row; `is_received`: the row as it was handed in, or later."""

    chain: str
    sequence: int
    table: str
    row_id: str
    digest: str
    shape: str
    is_received: bool


def told_by(records, *, opened):
    """Of records of one chain; `opened`: the number of that by which its application was opened, None of others."""
    for record in records:
        is_received = opened is None or record.sequence >= opened or record.act == "application.submit"
        for table, row_id, digest, shape in record.rows:
            yield Told(record.chain, record.sequence, table, row_id, digest, shape, is_received)


def lines_of(told, user, *, without_people):
    """A line for each: the text of the row as it then was, or why it is not here."""
    by_table = {}
    for one in told:
        by_table.setdefault(one.table, []).append(one)
    known = {table: known_of(table, some, user) for table, some in by_table.items()}
    return [line_of(one, known[one.table], without_people=without_people) for one in told]


@dataclass(frozen=True)
class Known:
    """Of the rows of one table: {(id, digest): text}, the ids that this person sees, {id: digest of today}."""

    texts: dict
    seen: set
    today: dict

    def why_not(self, told):
        """Why this version is not for the reader; an empty text when it is."""
        if told.row_id not in self.seen:
            return NOT_YOURS
        is_todays = self.today.get(told.row_id) == told.digest
        if told.table in PROPOSAL and not told.is_received and not is_todays:
            return OWNERS_WORK
        return "" if (told.row_id, told.digest) in self.texts else NO_VERSION


def of_this_application(told, application):
    """Those of {(table, id)} that belong to it, whoever may see them."""
    by_table, found = {}, set()
    for one in told:
        by_table.setdefault(one.table, set()).add(one.row_id)
    for table, ids in by_table.items():
        model, _versions = models_of(table)
        way = way_to_application(model) if model else None
        if way:
            rows = model._base_manager.filter(**{way: application.pk}, pk__in=ids)
            found |= {(table, str(pk)) for pk in rows.values_list("pk", flat=True)}
    return found


def way_to_application(model):
    """How a filter leads from a row to its application; None where none does."""
    if model is Application:
        return "pk"
    names = {field.name for field in model._meta.concrete_fields if field.is_relation}
    if "application" in names:
        return "application"
    above = next((name for name in ("assessment", "consensus", "clarification", "hearing") if name in names), None)
    return above and f"{above}__application"


def line_of(told, known, *, without_people):
    line = {
        "chain": told.chain, "sequence": told.sequence, "table": told.table, "id": told.row_id, "digest": told.digest,
    }  # fmt: skip
    if told.digest == GONE:
        return line | {"gone": True}
    if why := known.why_not(told):
        return line | {"withheld": why}
    if without_people and told.table in PERSONAL:
        return line | {"withheld": ON_REQUEST, "about": PERSONAL[told.table]}
    return line | {"row": known.texts[told.row_id, told.digest]}


def known_of(table, told, user):
    model, versions = models_of(table)
    ids = sorted({one.row_id for one in told if one.digest != GONE})
    if model is None or model._meta.app_label not in OF_THE_MATTER or not ids:
        return Known({}, set(), {})
    seen = readable(model, ids, user)
    mine = [one for one in told if one.row_id in seen]
    return Known(texts_of(model, versions, mine), seen, digests_of_today(model, sorted(seen)))


def models_of(table):
    found = [(model, kept) for model, kept in tables_of_versions().items() if model._meta.db_table == table]
    return found[0] if found else (None, None)


def readable(model, ids, user):
    """The ids of those rows that this person sees: as the rows' own `visible_to` says, or that of the row above."""
    if hasattr(model._default_manager, "visible_to"):
        rows = model._default_manager.visible_to(user)
    else:
        rows = below_what_is_seen(model, user)
    return {str(pk) for pk in rows.filter(pk__in=ids).values_list("pk", flat=True)}


def below_what_is_seen(model, user):
    names = {field.name: field.related_model for field in model._meta.concrete_fields if field.is_relation}
    above = next((name for name in ABOVE if name in names), None)
    if above is None:
        return model._base_manager.none()
    return model._base_manager.filter(**{f"{above}__in": names[above].objects.visible_to(user).values("pk")})


def texts_of(model, versions, told):
    """{(id, digest): text}; a table that has grown has versions of several shapes."""
    texts = {}
    for shape in {one.shape for one in told}:
        columns = Shape.objects.filter(source=model._meta.db_table, shape=shape).first()
        ids = sorted({one.row_id for one in told if one.shape == shape})
        if columns is not None:
            asked = VERSIONS.format(**names_of(model, versions._meta.db_table, key_of(versions)))
            for row_id, text, digest in answers(asked, [as_json(columns.columns), ids]):
                texts[row_id, digest] = text
    return texts


def digests_of_today(model, ids):
    unrecorded = told_tables().get(model._meta.db_table, [])
    return dict(answers(TODAY.format(**names_of(model)), [unrecorded, ids]))


def names_of(model, versions="", key="id"):
    quoted = connection.ops.quote_name
    return {
        "table": quoted(model._meta.db_table), "versions": quoted(versions), "key": quoted(key),
        "type": model._meta.pk.rel_db_type(connection),
    }  # fmt: skip


def as_json(columns):
    return json.dumps(columns)


def answers(statement, values):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'UTC'")
        cursor.execute(statement, values)
        return cursor.fetchall()
