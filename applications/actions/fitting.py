"""What of one application fits into another, perhaps of another call: as changes to be merged, and what is left."""

from dataclasses import dataclass, field
from uuid import uuid5

from django.utils.translation import gettext as _

from applications.models import Partner
from applications.parts import asked_by, form_of
from applications.parts.forms.base import raw
from core.changes import split
from core.language import house_words


@dataclass
class Fitting:
    """`changes` as they travel, by part; `left`: [{"part", "what", "why"}] in words."""

    changes: list = field(default_factory=list)
    left: list = field(default_factory=list)

    def leave(self, part, what, why):
        self.left.append({"part": str(part.label), "what": str(what), "why": str(why)})

    def take(self, part, name, value):
        # what nobody has said in a new draft: whatever else stands there is kept, and shown beside this
        self.changes.append({"part": part.name, "name": name, "base": "", "value": raw(value)})


@house_words()
def fitting(application, source):
    """What goes from `source` into `application`: the parts that both are asked for, answer by answer."""
    found, asked = Fitting(), {part.name for part in asked_by(application.call)}
    rows = rows_there(application, source)
    for part in asked_by(source.call):
        said = part.read(source)
        for text in source.as_typed.get(part.name, {}).values():
            found.leave(part, f"“{text}”", _("It was no valid answer there."))
        if part.name not in asked and not part.is_untouched(said):
            found.leave(part, "", _("This call does not ask for it."))
        elif part.why_not_copied and part.name in asked:
            for what in part.named(said):
                found.leave(part, what, part.why_not_copied)
        elif part.name in asked:
            fit_answers(found, part, application, source, rows)
    return found


def rows_there(application, source):
    """{row of the source: the same one here}: always the same, so that copying twice makes nothing twice."""
    own = Partner.objects.filter(application__in=[application, source], is_coordinator=True)
    leads = {partner.application_id: str(partner.pk) for partner in own}
    return {"": "", leads[source.pk]: leads[application.pk]}, application.pk


def fit_answers(found, part, application, source, rows):
    """Each answer that stands there: taken, or left with why."""
    there = form_of(source, part)
    said = {name: value for name, value in there.answers.items() if value not in ("", "0.00")}
    names = {name: named_here(name, *rows) for name in said}
    here = form_of(application, part, rows=sorted({split(name)[0] for name in names.values()} - {""}))
    for name, value in said.items():
        question = here.fields.get(names[name])
        if question is None:
            leave_unasked(found, part, there, name, value)
            continue
        value = offered_here(found, part, question, value, there.fields[name])
        if not value:
            continue
        if why := part.misfit(split(name)[1], value, application.call):
            found.leave(part, f"{question.label}: {here.shown_as(names[name], value)}", why)
        else:
            found.take(part, names[name], value)


def leave_unasked(found, part, there, name, value):
    """No word on an answer that has its place elsewhere, as the coordinator's name has."""
    if part.why_not_asked:
        found.leave(part, f"{there.fields[name].label}: {there.shown_as(name, value)}", part.why_not_asked)


def named_here(name, known, application):
    row, own = split(name)
    if row not in known:
        known[row] = str(uuid5(application, row))
    return f"{known[row]}-{own}" if row else own


def offered_here(found, part, question, value, there):
    """What of a choice this call offers too, in the same words; the rest is left."""
    if not hasattr(question, "choices"):
        return value
    offered = choices_of(question) & choices_of(there)
    kept = {code for code, _label in offered}
    for code in sorted(({*value} if isinstance(value, frozenset) else {value}) - kept):
        found.leave(part, f"{question.label}: {code}", _("This call does not offer it."))
    return value & kept if isinstance(value, frozenset) else value if value in kept else ""


def choices_of(question):
    return {(str(code), str(label)) for code, label in question.choices}
