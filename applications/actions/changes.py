"""Single answers of an application changed, by page and program alike: merged and kept; nothing is lost."""

from collections import Counter
from dataclasses import dataclass, replace
from uuid import UUID, uuid4, uuid5

from django.utils.translation import gettext as _

from applications.actions.back import before_save, is_gone, put_back
from applications.actions.sections import carry_out, require_asked
from applications.models import KeptChange, Saving
from applications.parts import form_of, to_be_written
from applications.parts.forms.base import raw
from applications.parts.rows import name_once, once_there
from core.changes import REMOVE, AsTyped, Waiting, in_short, is_same, merge, split
from core.errors import Incomplete

MOST_WAITING = 20  # values kept aside for one answer


@dataclass(frozen=True)
class Sent:
    """What somebody sends: `changes` [{"part", "name", "base", "sent", "value"}]; the sender's key of this save; rows
    to be put `back`; ids of kept changes to `leave`; the id of an own save to `undo`; the part it is `about`."""

    changes: tuple = ()
    key: str = ""
    back: tuple = ()
    leave: tuple = ()
    undo: str = ""
    about: str = ""

    @property
    def changed_parts(self):
        return {one["part"] for one in self.changes}


def merge_sent(application, sent, *, by, at):
    """Merge it all; give {name: [before, after]} of what the record tells, and the parts it belongs to."""
    is_undoing = bool(sent.undo)
    if is_undoing:
        sent = Sent(**before_save(application, sent.undo, by=by, at=at))
    sent = replace(sent, back=tuple(row for row in sent.back if is_gone(row)))
    require_asked(application.call, sent.changed_parts)
    told = leave_kept(application, sent.leave)
    for row in sent.back:
        told |= put_back(application, row, by=by, at=at)
    for part in to_be_written(sent.changed_parts):
        require_answers(part)
        told |= merge_part(application, part, sent, is_undoing=is_undoing, by=by, at=at)
    return told, sent.changed_parts | ({sent.about} if sent.about else set())


def require_answers(part):
    """Files come and go by acts of their own."""
    if not part.is_saved_by_the_page:
        raise Incomplete({part.name: _("This part has no answers to change; attach or take out its files.")})


def merge_part(application, part, sent, *, is_undoing, by, at):
    """One part's changes; the same save sent again is done already."""
    pk = saving_id(application, part, sent.key, by=by)
    if sent.key and application.savings.filter(pk=pk).exists():
        return {}
    own = [one for one in sent.changes if one["part"] == part.name]
    form, gone = form_to_merge(application, part, {one["name"] for one in own})
    changes = [as_change(form, one, back=sent.back) for one in own]
    changes = [change for change in changes if changes_anything(change)]
    if not changes:
        return {}
    waiting = waiting_for(application, part, form, {change.name for change in changes}, by=by)
    merged = merge(changes, standing=form.standing, gone=gone - {*sent.back}, waiting=waiting)
    told = keep_aside(application, part, form, merged, waiting, by=by, at=at)
    if changed := changed_by(form.standing, merged):
        told |= write_merged(application, part, form, merged, by=by, at=at)
        undone_at = at if is_undoing else None
        Saving.objects.create(
            pk=pk, application=application, part=part.name, by=by, at=at, changed=changed, undone_at=undone_at
        )
    return told


def changes_anything(change):
    """A whole form brings many answers that nobody touched."""
    return bool(change.value) if change.removes else not is_same(change.bases[0], change.value)


def as_change(form, one, *, back):
    """An answer in a row that comes back now rests on that row as it comes."""
    change = form.heard(one)
    return replace(change, bases=(form.standing.get(change.name, ""),)) if change.row in back else change


def saving_id(application, part, key, *, by):
    return uuid5(by.pk, f"{application.pk}:{part.name}:{key}") if key else uuid4()


def form_to_merge(application, part, names):
    """The part's form as things stand, with a place for each row that the names ask for; those rows that are gone."""
    rows = sorted({split(name)[0] for name in names} - {""})
    require_ids(part, rows)
    form = form_of(application, part, rows=rows)
    form.refuse_unknown(names)
    unknown = set(rows) - form.standing_rows
    gone = once_there(part.row_model, application, unknown) if unknown else frozenset()
    if unknown - gone and not part.makes_rows:
        raise Incomplete({part.name: _("This row is not in the application any more; load the page again.")})
    return form, gone


def require_ids(part, rows):
    """As the house writes them: another spelling would be another row of the same id."""
    for row in rows:
        try:
            is_one = str(UUID(row)) == row
        except ValueError:
            is_one = False
        if not is_one:
            raise Incomplete({part.name: _("This row is not in the application any more; load the page again.")})


def waiting_for(application, part, form, names, *, by):
    """{what waits to be decided about these answers: its rows}; two may have kept the same word."""
    found = {}
    for kept in application.kept_changes.filter(part=part.name, name__in=names):
        is_plain = split(kept.name)[1] == REMOVE
        value = kept.value if is_plain else form.hear(kept.name, kept.value)
        found.setdefault(Waiting(kept.name, value, is_own=kept.by_id == by.pk), []).append(kept)
    return found


# what is kept aside


def keep_aside(application, part, form, merged, waiting, *, by, at):
    """Write down what did not fit, strike what is settled."""
    require_room(application, part, merged.kept)
    settled = [row for one in merged.settled for row in waiting.get(one, ())]
    KeptChange.objects.filter(pk__in=[row.pk for row in settled]).delete()
    kept = [
        KeptChange(
            application=application, part=part.name, name=change.name, value=raw(change.value), by=by, at=at,
            against=None if now is None else raw(now),
            row_name="" if now is not None else name_once(part.row_model, application, change.row),
        )
        for change, now in merged.kept
    ]  # fmt: skip
    KeptChange.objects.bulk_create(kept)
    told = {told_as(row): [row.value, None] for row in settled}
    return told | {told_as(row): [None, row.value] for row in kept}


def require_room(application, part, kept):
    """Whoever has to decide reads them all."""
    rows = application.kept_changes.filter(part=part.name) if kept else KeptChange.objects.none()
    waiting = Counter(rows.values_list("name", flat=True))
    if full := sorted({change.name for change, _now in kept if waiting[change.name] >= MOST_WAITING}):
        sentence = _("%(number)d values wait to be decided here already; decide which one stands first.")
        raise Incomplete({f"{part.name}.{name}": sentence % {"number": MOST_WAITING} for name in full})


def told_as(kept):
    return f"kept · {kept.part} · {kept.name}"


def leave_kept(application, ids):
    """What stands, stays; the kept change is struck, and the record says so."""
    rows = list(application.kept_changes.filter(pk__in=ids))
    KeptChange.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return {told_as(row): [row.value, None] for row in rows}


# what is written


def changed_by(standing, merged):
    """{name: [before, after]}; a row that goes is told by its removal alone."""
    names = [name for name in {**standing, **merged.values} if split(name)[0] not in merged.removed]
    before, after = standing, merged.values
    changed = {
        name: [raw(before.get(name, "")), in_short(raw(after.get(name, "")))]
        for name in names
        if before.get(name, "") != after.get(name, "")
    }
    return changed | {f"{row}-{REMOVE}": ["", "on"] for row in merged.removed}


def write_merged(application, part, form, merged, *, by, at):
    """The valid answers where they belong, the others as they were typed."""
    said = form.take(merged.values).said()
    told = carry_out(application, part.write(application, said, by=by, at=at))
    elsewhere = {name: text for name, text in form.all_typed.get(part.name, {}).items() if name not in form.fields}
    typed = {name: value.text for name, value in merged.values.items() if isinstance(value, AsTyped)} | elsewhere
    others = {name: texts for name, texts in application.as_typed.items() if name != part.name}
    application.as_typed = others | ({part.name: typed} if typed else {})
    return told
