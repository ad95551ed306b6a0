"""Writing the parts of an application: the one place where what a part wants written is done.

Incomplete parts are welcome; what cannot be stored (a number too large, an unknown country) is refused by field.
"""

from django.utils.translation import gettext as _

from applications.formats import read
from applications.parts import asked_by, to_be_written
from core.changes import split
from core.errors import Incomplete


def write_sections(application, sections, *, by, at):
    """Write what is given, partners before the budget that names them; give the child rows' {name: [before, after]}."""
    require_asked(application.call, sections)
    changes = {}
    for part in to_be_written(sections):
        changes |= carry_out(application, part.write(application, sections[part.name], by=by, at=at))
        application.as_typed = without_said(application.as_typed, part, sections[part.name])
    return changes


def without_said(as_typed, part, said):
    """What was typed and is now answered gives way; a list answers for each of its rows."""
    is_whole = isinstance(said, list) or any(isinstance(value, list) for value in said.values())
    left = {
        name: text
        for name, text in as_typed.get(part.name, {}).items()
        if name not in said and not (is_whole and split(name)[0])
    }
    others = {name: texts for name, texts in as_typed.items() if name != part.name}
    return others | ({part.name: left} if left else {})


def restore_content(application, content, *, by, at):
    """Write a content of any format back; a part that it does not have was not asked then, and is emptied."""
    said, changes = read(content), {}
    for part in to_be_written([part.name for part in asked_by(application.call)]):
        kept = said.get(part.name, part.empty)
        changes |= carry_out(application, part.restore(application, kept, by=by, at=at))
    return changes


def require_asked(call, names):
    unasked = sorted(set(names) - {part.name for part in asked_by(call)})
    if unasked:
        raise Incomplete({name: _("The call does not ask for this part; leave it out.") for name in unasked})


def carry_out(application, writing):
    """Delete, save and choose what a part wants; give what the record tells of it."""
    for model, rows in by_model(writing.gone).items():
        model._base_manager.filter(pk__in=[row.pk for row in rows]).delete()
    for row in (row for row in writing.rows if not row._state.adding):
        row.save(update_fields=row.changing)
    for model, rows in by_model(row for row in writing.rows if row._state.adding).items():
        model._base_manager.bulk_create(rows)
    for name, rows in writing.chosen.items():
        getattr(application, name).set(rows)
    return writing.changes


def by_model(rows):
    found = {}
    for row in rows:
        found.setdefault(type(row), []).append(row)
    return found
