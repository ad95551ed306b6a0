"""What an actor saw, and what happened since: the stamp of a row counts its changes, the trail says which they were."""

from contextvars import ContextVar

from django.utils.translation import gettext as _

from audit.models import AuditRecord
from core.errors import Outdated, Stale, Unbased
from core.formats import brussels_clock

# (primary key, its stamps) of the row that a request is about and must find as it was; once asked, it is done with
MATCH = ContextVar("match", default=None)
# whether the act of this request has to say which version of its row it is based on; asked once, of its first row
BASED = ContextVar("based", default=False)
TOLD = {}  # {(label of a model, column): what tells its difference, where the two values are no words}
UNSAID = {"id", "status", "stamp"}  # the record has its own places for them


def values_before(row):
    """What stands in the rows: nothing of one that is new."""
    return {} if row._state.adding else values_of(row)


def values_of(row):
    return {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}


def difference(before, after):
    """{column: [before, after]} of what differs."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}


def said(changes, row):
    """What a record tells of a difference."""
    return {name: pair for name, pair in changes.items() if name not in UNSAID | row.unrecorded}


def acts_since(row, base):
    """The records of what was done to this row after its stamp was `base`, oldest first."""
    records = AuditRecord.objects.of_chain(row.chain).filter(
        subject_type=row._meta.label_lower, subject_id=str(row.pk), changes__stamp__1__gt=base
    )  # fmt: skip
    return list(records.order_by("sequence"))


def require_match(row, *, keep=False):
    wanted = MATCH.get()
    if wanted is None or getattr(row, "pk", None) != wanted[0]:
        return
    if getattr(row, "stamp", None) not in wanted[1]:
        raise Outdated(_("It is not as you read it any more. Read it again, then repeat what still holds."))
    if not keep:
        MATCH.set(None)


def require_based(row, base):
    wanted, matched = BASED.get(), MATCH.get() or (None,)
    BASED.set(False)
    if wanted and base is None and matched[0] != row.pk:
        raise Unbased(
            _(
                "Say which version this is based on: send `stamp` as you read it, or the `ETag` of the row as "
                "`If-Match`. Somebody may have changed it since; nothing was changed."
            ),
            {"stamp": _("The stamp of the row as you read it.")},
        )


def require_seen(row, step, base, *, by):
    """Refuse what rests on a page that no longer says how things stand; give what happened since and does no harm."""
    require_based(row, base)
    require_match(row)
    if base is None or base == row.stamp:
        return []
    since = acts_since(row, base)
    against = [record for record in since if record.act.partition(".")[2] not in step.beside]
    if against or not since:
        raise Stale(sentence_about(against, row, reader=by), gaps=gaps_of(against, row), since=against)
    return since


def sentence_about(records, row, *, reader):
    if not records:
        return _("%(row)s is not as you saw it. Load the page again, then repeat what still holds.") % {"row": row}
    last = records[-1]
    words = {"row": row, "who": reader.knows_as(last), "at": brussels_clock(last.at)}
    return (
        _(
            "%(who)s changed %(row)s at %(at)s (Brussels time), after you opened it. Yours was not done over it: "
            "look at what is different, then repeat what still holds."
        )
        % words
    )


def gaps_of(records, row):
    """{name: "label: was …, is now …"}: the difference between what the actor saw and what stands now, in words.

    Columns without a label of their own are the house's business and say nothing to a person.
    """
    found = {}
    for name, (was, now) in merged(records).items():
        if teller := TOLD.get((row._meta.label_lower, name)):
            found[name] = teller(was, now)
        elif label := label_of(row, name):
            words = {"label": label, "was": in_words(row, name, was), "now": in_words(row, name, now)}
            found[name] = _("%(label)s: was “%(was)s”, is now “%(now)s”") % words
    return found


def merged(records):
    """{name: (before the first, after the last)} over several records."""
    first, last = {}, {}
    for record in records:
        moved = {"status": [record.status_before, record.status_after]} | record.changes
        for name, pair in moved.items():
            if name != "stamp" and isinstance(pair, list) and len(pair) == 2:
                first.setdefault(name, pair[0])
                last[name] = pair[1]
    return {name: (first[name], last[name]) for name in last if first[name] != last[name]}


def field_of(row, name):
    return next((one for one in row._meta.concrete_fields if name in {one.name, one.attname}), None)


def label_of(row, name):
    """What a person calls it: the column's own label, or the name under which a record tells of something else."""
    if name == "status":
        return _("Status")
    field = field_of(row, name)
    if field is None:
        return name
    return str(field.verbose_name).capitalize() if field._verbose_name and not field.is_relation else ""


def in_words(row, name, value, most=200):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    field = field_of(row, name)
    labels = dict(field.flatchoices) if field is not None and field.choices else {}
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)[:most]
    text = "" if value is None else str(labels.get(str(value), value))
    return text if len(text) <= most else f"{text[:most]}…"
