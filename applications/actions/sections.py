"""Writing the parts of an application. Each writer takes a part as `content.py` says it and returns what changed.

Incomplete parts are welcome; what cannot be stored (a number too large, an unknown country) is refused by field.
"""

from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from applications.budget import NOTHING
from applications.content import SECTIONS, search_words
from applications.declarations import Declaration
from applications.models import Attachment, BudgetLine, Milestone, Partner
from core.errors import Incomplete

MOST_PARTNERS, MOST_MILESTONES, MOST_FILES = 40, 100, 40
PARTNER_FIELDS = ("name", "country", "kind", "contact_name", "contact_email")


def write_sections(application, sections, *, by, at):
    """Write what is given, partners before the budget that names them; give the child rows' {name: [before, after]}."""
    changes = {}
    for name in SECTIONS:
        if name in sections:
            changes |= WRITERS[name](application, sections[name], by=by, at=at) or {}
    application.search_text = search_words(application)
    return changes


def write_identity(application, said, *, by, at):
    set_fields(application, "identity", said, ("acronym", "title"))


def write_content(application, said, *, by, at):
    set_fields(application, "content", said, ("summary", "description"))
    changes = {}
    for name in ("objectives", "actions"):
        if name in said:
            changes |= choose_passages(application, name, said[name])
    return changes


def choose_passages(application, name, codes):
    """Passages of the kinds the call names; a call's corrigendum cannot make a submitted code unreadable."""
    offered = getattr(application.call, name)
    kinds = set(offered.values_list("kind", flat=True))
    passages = application.call.fund.passages.filter(kind__in=kinds, code__in=codes)
    unknown = set(codes) - {passage.code for passage in passages}
    if unknown:
        words = {"codes": ", ".join(sorted(unknown))}
        raise Incomplete({f"content.{name}": _("The call has no %(codes)s; choose from its list.") % words})
    before = sorted(passage.code for passage in getattr(application, name).all())
    getattr(application, name).set(passages)
    return {} if before == sorted(codes) else {name: [before, sorted(codes)]}


def write_partners(application, said, *, by, at):
    """`said` is the whole list; who is not in it leaves, with its budget lines. The coordinator stays as registered."""
    require_few(said, MOST_PARTNERS, "partners.partners")
    known = {str(partner.pk): partner for partner in application.partners.all()}
    lead = next(partner for partner in known.values() if partner.is_coordinator)
    require_own_ids(application, {str(one["id"]) for one in said if one.get("id")} - set(known))
    changes, kept, order = {}, {str(lead.pk)}, 0
    for one in said:
        partner = known.get(str(one.get("id"))) or (lead if one.get("is_coordinator") else None)
        order += partner is not lead
        place = 0 if partner is lead else order
        partner, change = put_partner(application, partner, one, order=place)
        kept.add(str(partner.pk))
        changes |= change
    return changes | remove_partners(known, kept)


def require_own_ids(application, ids):
    if ids and Partner.objects.filter(pk__in=ids).exclude(application=application).exists():
        raise Incomplete({"partners.id": _("This id belongs to another partner; leave it out for a new one.")})


def put_partner(application, partner, said, *, order):
    before = values(partner, PARTNER_FIELDS) if partner else None
    if partner is None:
        partner = Partner(application=application, **({"pk": UUID(str(said["id"]))} if said.get("id") else {}))
    fields = ("contact_name", "contact_email") if partner.is_coordinator else PARTNER_FIELDS
    for name in fields:
        setattr(partner, name, said.get(name, getattr(partner, name)))
    require_valid(partner, fields, place=f"partners.{partner.pk}")
    after = values(partner, PARTNER_FIELDS)
    if before == after and partner.order == order:
        return partner, {}
    partner.order = order
    partner.save()
    return partner, {} if before == after else {f"partners · {partner.name}": [before, after]}


def remove_partners(known, kept):
    changes = {}
    for key in known.keys() - kept:
        changes[f"partners · {known[key].name}"] = [values(known[key], PARTNER_FIELDS), None]
        known[key].delete()
    return changes


def write_timetable(application, said, *, by, at):
    if "starts_on" in said:
        application.starts_on = day_of(said["starts_on"])
    set_fields(application, "timetable", said, ("months",))
    return write_milestones(application, said["milestones"]) if "milestones" in said else {}


def day_of(said):
    return date.fromisoformat(said) if isinstance(said, str) and said else said or None


def write_milestones(application, said):
    require_few(said, MOST_MILESTONES, "timetable.milestones")
    names = ("title", "first_month", "last_month")
    old = list(application.milestones.all())
    new = [Milestone(application=application, order=place, **one) for place, one in enumerate(said)]
    for one in new:
        require_valid(one, names, place="timetable.milestones")
        if one.last_month < one.first_month:
            sentence = _("“%(title)s” ends before it starts: change one of its months.") % {"title": one.title}
            raise Incomplete({"timetable.milestones": sentence})
    before, after = [values(one, names) for one in old], [values(one, names) for one in new]
    if before == after:
        return {}
    application.milestones.all().delete()
    Milestone.objects.bulk_create(new)
    return {"milestones": [before, after]}


def write_budget(application, said, *, by, at):
    for name, nothing in (("requested", None), ("own_resources", NOTHING), ("other_resources", NOTHING)):
        if name in said:
            setattr(application, name, amount_of(said[name], f"budget.{name}", nothing))
    require_valid(application, ("requested", "own_resources", "other_resources"), place="budget")
    return write_lines(application, said["lines"]) if "lines" in said else {}


def amount_of(said, place, nothing=NOTHING):
    """An amount to the cent; what has no place in a budget is refused by its field."""
    if said in (None, ""):
        return nothing
    try:
        amount = Decimal(str(said))
        is_exact = amount.is_finite() and amount == round(amount, 2)
    except InvalidOperation:
        is_exact = False
    if not is_exact:
        raise Incomplete({place: _("Write an amount in euro and cent, for example 1234.56.")})
    return round(amount, 2)


def write_lines(application, said):
    """`said` is the whole table; an amount of nothing needs no line."""
    partners = {str(partner.pk): partner for partner in application.partners.all()}
    wanted = {line_key(one, partners): amount for one in said if (amount := amount_of(one["amount"], "budget.lines"))}
    known = {(str(line.partner_id), line.category): line for line in application.lines.all()}
    changes = {}
    for key in sorted(known.keys() | wanted.keys()):
        before, after = known[key].amount if key in known else None, wanted.get(key)
        if before != after:
            changes[f"budget · {partners[key[0]].name} · {key[1]}"] = [before, after]
            put_line(application, known.get(key), key, after)
    return changes


def line_key(said, partners):
    key = (str(said["partner"]), str(said["category"]))
    if key[0] not in partners:
        raise Incomplete({"budget.lines": _("This partner is not in the application any more. Load the page again.")})
    if key[1] not in BudgetLine.Category:
        raise Incomplete({"budget.lines": _("Choose one of the cost categories A to E.")})
    return key


def put_line(application, line, key, amount):
    if amount is None:
        line.delete()
        return
    line = line or BudgetLine(application=application, partner_id=UUID(key[0]), category=key[1])
    line.amount = amount
    require_valid(line, ("amount",), place="budget.lines")
    line.save()


def write_attachments(application, said, *, by, at):
    """`said` is {"add": [(kind, StoredFile)], "remove": [ids]}. A removed file keeps its bytes: receipts name it."""
    changes = {}
    for key in said.get("remove", ()):
        changes |= remove_file(application, key, at=at)
    for kind, stored in said.get("add", ()):
        changes |= add_file(application, kind, stored, by=by, at=at)
    return changes


def remove_file(application, key, *, at):
    file = application.attachments.present().filter(pk=key).first()
    if file is None:
        raise Incomplete({"attachments.file": _("This file is not in the application any more.")})
    file.removed_at = at
    file.save()
    return {f"attachments · {file.name}": [values(file, ("kind", "name", "sha256")), None]}


def add_file(application, kind, stored, *, by, at):
    if application.attachments.present().count() >= MOST_FILES:
        words = {"number": MOST_FILES}
        raise Incomplete({"attachments.file": _("At most %(number)d files: join or remove some.") % words})
    file = Attachment(application=application, kind=kind, uploaded_by=by, uploaded_at=at, **stored._asdict())
    require_valid(file, ("kind", "name"), place="attachments")
    file.save()
    return {f"attachments · {file.name}": [None, values(file, ("kind", "name", "sha256"))]}


def keep_only_files(application, ids, *, at):
    """Back to the files of a receipt: those it names are there, later ones are not."""
    changes = {}
    for file in application.attachments.all():
        is_wanted = str(file.pk) in ids
        if is_wanted != (file.removed_at is None):
            file.removed_at = None if is_wanted else at
            file.save()
            told = values(file, ("kind", "name", "sha256"))
            changes[f"attachments · {file.name}"] = [None, told] if is_wanted else [told, None]
    return changes


def write_declarations(application, said, *, by, at):
    unknown = set(said) - set(Declaration.values)
    if unknown:
        raise Incomplete({"declarations.declarations": _("Choose among the declarations of the form.")})
    application.declarations = sorted(set(said))


WRITERS = {
    "identity": write_identity,
    "partners": write_partners,
    "content": write_content,
    "timetable": write_timetable,
    "budget": write_budget,
    "attachments": write_attachments,
    "declarations": write_declarations,
}


def set_fields(application, section, said, names):
    given = [name for name in names if name in said]
    for name in given:
        setattr(application, name, said[name])
    require_valid(application, given, place=section)


def require_valid(row, names, *, place):
    """What the columns can hold; sentences by field."""
    others = [field.name for field in row._meta.fields if field.name not in names]
    try:
        row.clean_fields(exclude=others)
    except ValidationError as error:
        gaps = {f"{place}.{name}": " ".join(sentences) for name, sentences in error.message_dict.items()}
        raise Incomplete(gaps) from error


def require_few(said, most, place):
    if len(said) > most:
        raise Incomplete({place: _("At most %(number)d entries are possible.") % {"number": most}})


def values(row, names):
    return {name: getattr(row, name) for name in names}
