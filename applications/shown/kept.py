"""Changes that wait to be decided, each side by side with what stands, with who and when; and the last own save."""

from django.utils.translation import gettext as _

from applications.models import KeptChange, Saving
from applications.parts import PARTS
from applications.parts.forms.rows import ChosenField
from applications.parts.rows import name_once
from applications.shown.standing import section_url
from core.changes import REMOVE, split


def kept_lines(application, part, form, *, user):
    """[{label, mine and its author, what stands and its author}] for everybody who opens the part."""
    kept = KeptChange.objects.visible_to(user).filter(application=application, part=part.name).select_related("by")
    return lines_of(application, part, form, list(kept), user=user)


def kept_lines_of_partner(application, part, form, *, user):
    """The same of what is on a partner's own page; who writes for the others is not told."""
    names = [*form.fields]
    kept = KeptChange.objects.filter(application=application, part=part.name, name__in=names).select_related("by")
    return lines_of(application, part, form, list(kept), user=user)


def lines_of(application, part, form, rows, *, user):
    authors = authors_of(application, part, [row.name for row in rows], user=user) if rows else {}
    return [line_of(row, part, form, authors) for row in rows]


def kept_links(application, user):
    """[(who kept something in which part, where to decide)], so that nobody has to look for it."""
    rows = KeptChange.objects.visible_to(user).filter(application=application).select_related("by")
    return [(waiting_words(row), f"{section_url(application, PARTS[row.part])}#kept-{row.pk}") for row in rows]


def waiting_words(kept):
    words = {"part": PARTS[kept.part].label, "who": kept.by.name}
    return _("%(part)s: an answer of %(who)s waits beside what is saved.") % words


def line_of(kept, part, form, authors):
    row, field = split(kept.name)
    is_gone = bool(row) and row not in form.standing_rows
    return {
        "kept": kept,
        "is_gone": is_gone,
        "label": label_of(kept, part, form, is_gone=is_gone),
        "said": said_of(kept, form),
        "stands": "" if is_gone or field == REMOVE else in_words(form, kept.name, form.standing.get(kept.name, "")),
        "saving": authors.get(kept.name),
    }


def said_of(kept, form):
    if split(kept.name)[1] == REMOVE:
        return _("to be removed")
    return in_words(form, kept.name, form.hear(kept.name, kept.value) if kept.name in form.fields else kept.value)


def label_of(kept, part, form, *, is_gone):
    """The field's own label; of a row that is gone, its name then and what the field was called."""
    row, field = split(kept.name)
    if not is_gone:
        label, name = form.fields[kept.name].label, form.name_of(row)
        return f"{name}: {label}" if name else label
    name = kept.row_name or name_once(part.row_model, kept.application, row)
    like = next((one.label for name, one in form.fields.items() if split(name)[1] == field), field)
    return f"{name}: {str(like).rpartition(': ')[2]}"


def in_words(form, name, value):
    field = form.fields.get(name)
    if isinstance(field, ChosenField):
        return field.in_words(value)
    choices = dict(getattr(field, "choices", ()))
    text = form.shown_as(name, value) if name in form.standing else value
    return str(choices.get(text, text)) or _("(empty)")


def authors_of(application, part, names, *, user):
    """{name: the last save that changed it}."""
    savings = Saving.objects.visible_to(user).filter(application=application, part=part.name)
    found = {}
    for saving in savings.filter(changed__has_any_keys=names).select_related("by").order_by("at"):
        found |= dict.fromkeys(set(names) & set(saving.changed), saving)
    return found


def last_save(application, part, user):
    """The last save in this part that its author may undo: of the present session, not undone yet."""
    own = Saving.objects.visible_to(user).filter(application=application, part=part.name, by=user, undone_at=None)
    return own.filter(at__gte=user.last_login).first() if user.last_login else None
