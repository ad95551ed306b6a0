"""Partners: the organisations of the consortium, the coordinator first."""

from uuid import UUID

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.member_states import MEMBER_STATES
from accounts.models import Organisation
from applications.models import Partner
from applications.parts.base import Part, Writing, missing
from applications.parts.columns import require_few, require_valid, values
from applications.parts.forms.rows import PartnersForm
from applications.parts.incoming import Words
from core.errors import Incomplete

MOST_PARTNERS = 40
PARTNER_FIELDS = ("name", "country", "kind", "contact_name", "contact_email")
KINDS = dict(Organisation.Kind.choices)


class PartnerSerializer(serializers.Serializer):
    id = serializers.UUIDField(required=False)
    name = Words(max_length=250)
    country = serializers.ChoiceField(choices=list(MEMBER_STATES), required=False, allow_blank=True)
    kind = serializers.ChoiceField(choices=Organisation.Kind.choices, required=False, allow_blank=True)
    contact_name = Words(max_length=150)
    contact_email = serializers.EmailField(required=False, allow_blank=True)
    is_coordinator = serializers.BooleanField(required=False)


class Partners(Part):
    name = "partners"
    label = _("Partners")
    place = 20
    empty = []
    form = PartnersForm
    row_model = Partner
    makes_rows = True
    beside = ("budget",)
    edit_template = "applications/edit/partners.html"

    def read(self, application):
        return [partner_as_said(partner) for partner in application.partners.all()]

    def write(self, application, said, *, by, at):
        """`said` is the whole list; who is not in it leaves, with its budget lines. The coordinator stays as
        registered."""
        require_few(said, MOST_PARTNERS, "partners.partners")
        known = {str(partner.pk): partner for partner in application.partners.all()}
        lead = next(partner for partner in known.values() if partner.is_coordinator)
        require_own_ids(application, {str(one["id"]) for one in said if one.get("id")} - set(known))
        writing, kept, order = Writing(), [str(lead.pk)], 0
        for one in said:
            partner = known.get(str(one.get("id"))) or (lead if one.get("is_coordinator") else None)
            order += partner is not lead
            kept.append(put_partner(writing, application, partner, one, order=0 if partner is lead else order))
        remove_partners(writing, known, kept)
        tell_order(writing, known, kept)
        return writing

    def taken(self):
        return PartnerSerializer(many=True, required=False)

    def gaps(self, content, call):
        lead = lead_of(content)
        gaps = missing(
            contact_name=(lead.get("contact_name"), _("Name a contact person of the coordinator.")),
            contact_email=(
                lead.get("contact_email"), _("Give the e-mail address of the coordinator's contact person."),
            ),
        )  # fmt: skip
        others = [one for one in content[self.name] if not one["is_coordinator"]]
        return gaps | {name: sentence for one in others for name, sentence in gaps_of(one).items()}

    def is_untouched(self, said):
        return len(said) <= 1 and not any(one["contact_name"] or one["contact_email"] for one in said)

    def shown(self, content, application):
        columns = [_("Organisation"), _("Member State"), _("Kind"), _("Contact person")]
        return {"table": {"columns": columns, "rows": [row_of(one) for one in content[self.name]]}}

    def field_of(self, gap, content):
        return gap if "-" in gap else f"{lead_of(content).get('id')}-{gap}"


def partner_as_said(partner):
    return {
        "id": str(partner.pk),
        "name": partner.name,
        "country": partner.country,
        "kind": partner.kind,
        "contact_name": partner.contact_name,
        "contact_email": partner.contact_email,
        "is_coordinator": partner.is_coordinator,
    }


def gaps_of(partner):
    """A partner may be written down before everything is known of it."""
    words = {"name": partner["name"] or partner["contact_name"] or _("the new partner")}
    found = missing(
        name=(partner["name"], _("Give the official name of %(name)s.") % words),
        country=(partner["country"], _("Choose the Member State of %(name)s.") % words),
        kind=(partner["kind"], _("Choose the kind of organisation of %(name)s.") % words),
    )
    return {f"{partner['id']}-{name}": sentence for name, sentence in found.items()}


def lead_of(content):
    return next((one for one in content["partners"] if one["is_coordinator"]), {})


def require_own_ids(application, ids):
    if ids and Partner.objects.filter(pk__in=ids).exclude(application=application).exists():
        raise Incomplete({"partners.id": say("This id belongs to another partner; leave it out for a new one.")})


def put_partner(writing, application, partner, said, *, order):
    """A new partner, or one with what is said of it; gives its id."""
    before = values(partner, PARTNER_FIELDS) if partner else None
    if partner is None:
        partner = Partner(application=application, **({"pk": UUID(str(said["id"]))} if said.get("id") else {}))
    fields = ("contact_name", "contact_email") if partner.is_coordinator else PARTNER_FIELDS
    for name in fields:
        setattr(partner, name, said.get(name, getattr(partner, name)))
    require_valid(partner, fields, place=f"partners.{partner.pk}")
    after = values(partner, PARTNER_FIELDS)
    if before is None or any(before[name] != after[name] for name in ("name", "country")):
        partner.organisation = Organisation.objects.called(partner.name, partner.country)
    if before != after:
        writing.changes[f"partners · {partner.name}"] = [before, after]
    if before != after or partner.order != order:
        partner.order = order
        writing.rows.append(partner)
    return str(partner.pk)


def remove_partners(writing, known, kept):
    for key in known.keys() - set(kept):
        writing.changes[f"partners · {known[key].name}"] = [values(known[key], PARTNER_FIELDS), None]
        writing.gone.append(known[key])


def tell_order(writing, known, kept):
    """Moved up or down is a change too, where nothing else changed."""
    before, after = [key for key in known if key in kept], [key for key in dict.fromkeys(kept) if key in known]
    if before != after:
        writing.changes["partners · order"] = [[known[key].name for key in keys] for keys in (before, after)]


def row_of(partner):
    return [partner["name"], MEMBER_STATES.get(partner["country"], ""), KINDS.get(partner["kind"], ""),
            ", ".join(text for text in (partner["contact_name"], partner["contact_email"]) if text)]  # fmt: skip


PART = Partners()
