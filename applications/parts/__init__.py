"""The parts of a proposal: one file here, one part. A new file with a `PART` in it is found by itself.

The form of a call (`Call.parts`) names those that it asks for; what it does not name is neither asked nor shown, and
not in the content.
"""

from importlib import import_module
from pkgutil import iter_modules

from programmes.form_parts import names_in, offer

PARTS = {}


def add(part):
    """Make a part known, and offer it to the officers who write the forms of calls."""
    if part.name in PARTS:
        raise ValueError(f"There is a part “{part.name}” already.")
    PARTS[part.name] = part
    offer(
        part.name, part.label, needs=part.needs, place=part.place, is_decided_on=part.is_decided_on,
        is_written=part.is_written,
    )  # fmt: skip


def find():
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    parts = [module.PART for module in modules if hasattr(module, "PART")]
    for part in sorted(parts, key=lambda part: part.place):
        add(part)


find()


def asked_by(call):
    """The parts of a call's form, in its order."""
    return [PARTS[name] for name in names_in(call.parts)]


def said_in(content, call):
    """Those of them that a content has: an older receipt may lack one."""
    return [part for part in asked_by(call) if part.name in content]


def to_be_written(names):
    """Parts by name, in the order in which they are written: partners before the budget that names them."""
    return sorted((PARTS[name] for name in names), key=lambda part: part.place)


def own_answers(row):
    """{(part, answer)} that the people of the partner in this row write themselves."""
    return {(part.name, f"{row}-{name}") for part in PARTS.values() for name in part.partners_own}


def label_of(name):
    """For a record of long ago, which may name a part of another edition."""
    return PARTS[name].label if name in PARTS else name


def form_of(application, part, *, rows=None):
    """The page of a part as things stand; `rows`: those that changes name."""
    asked = {one.name for one in asked_by(application.call)}
    seen = {part.name, *part.needs, *part.beside} & asked
    content = {name: PARTS[name].for_editing(application) for name in sorted(seen)}
    return part.form_for(content=content, call=application.call, typed=application.as_typed, rows=rows)


def own_form_of(application, part, row, **more):
    """The same for the people of the partner in this row: their own answers and no other."""
    names = {name for asked, name in own_answers(str(row)) if asked == part.name}
    return form_of(application, part, **more).only(names)
