"""Partners: the organisations of the consortium, the coordinator first; registered ones are chosen, others typed."""

from uuid import UUID

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.member_states import MEMBER_STATES
from accounts.models import Organisation
from applications.formats import reads
from applications.models import Partner
from applications.parts.base import Part, Writing, missing
from applications.parts.columns import require_few, require_valid, values
from applications.parts.forms.rows import PartnersForm
from applications.parts.incoming import Words
from applications.parts.who import (
    CONTACT,
    PARTNER_FIELDS,
    as_it_was,
    doubles,
    is_somebody_else,
    recognised,
    settle_partner,
)
from core.errors import Incomplete

MOST_PARTNERS = 40
KINDS = dict(Organisation.Kind.choices)


class PartnerSerializer(serializers.Serializer):
    told_apart_by = ("id",)

    id = serializers.UUIDField(required=False)
    name = Words(max_length=250)
    country = serializers.ChoiceField(choices=list(MEMBER_STATES), required=False, allow_blank=True)
    kind = serializers.ChoiceField(choices=Organisation.Kind.choices, required=False, allow_blank=True)
    registration_number = Words(max_length=60)
    vat_number = Words(max_length=60)
    registered_as = Words(
        max_length=36, help_text="Id of a registered organisation: the rest is what it is registered with."
    )
    contact_name = Words(max_length=150)
    contact_email = serializers.EmailField(required=False, allow_blank=True, max_length=254)
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
    partners_own = CONTACT
    edit_template = "applications/edit/partners.html"

    def read(self, application):
        return [partner_as_said(partner) for partner in application.partners.all()]

    def write(self, application, said, *, by, at):
        """`said` is the whole list; who is not in it leaves, with its budget lines. The coordinator is as
        registered."""
        return self.put(application, said, settle=settle_partner)

    def restore(self, application, said, *, by, at):
        """Word by word, whatever the organisations are registered as today."""
        return self.put(application, said, settle=as_it_was)

    def put(self, application, said, *, settle):
        require_few(said, MOST_PARTNERS, "partners.partners")
        known = {str(partner.pk): partner for partner in application.partners.all()}
        lead = next(partner for partner in known.values() if partner.is_coordinator)
        require_own_ids(application, {str(one["id"]) for one in said if one.get("id")} - set(known))
        writing, kept, order = Writing(), [str(lead.pk)], 0
        for one in said:
            partner = known.get(str(one.get("id"))) or (lead if one.get("is_coordinator") else None)
            order += partner is not lead
            place = 0 if partner is lead else order
            kept.append(put_partner(writing, application, partner, one, order=place, settle=settle))
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
        gaps |= {name: sentence for one in others for name, sentence in gaps_of(one).items()}
        return gaps | doubles(content[self.name])

    def own_gaps(self, content, row):
        own = next((one for one in content[self.name] if one["id"] == row), {})
        return missing(**{
            f"{row}-contact_name": (own.get("contact_name"), _("Name your contact person.")),
            f"{row}-contact_email": (own.get("contact_email"), _("Give the e-mail address of your contact person.")),
        })  # fmt: skip

    def is_untouched(self, said):
        return len(said) <= 1 and not any(one["contact_name"] or one["contact_email"] for one in said)

    def shown(self, content, application):
        columns = [
            _("Organisation"),
            _("Member State"),
            _("Kind"),
            _("Registration or VAT number"),
            _("Contact person"),
        ]
        return {"table": {"columns": columns, "rows": [row_of(one) for one in content[self.name]]}}

    def for_partner(self, content, row):
        """Who takes part; whom to write to only at the coordinator and at the own organisation."""
        unsaid = {"contact_name": "", "contact_email": ""}
        given = [one if one["is_coordinator"] or one["id"] == row else {**one, **unsaid} for one in content[self.name]]
        return {**content, self.name: given}

    def field_of(self, gap, content):
        return gap if "-" in gap else f"{lead_of(content).get('id')}-{gap}"


def partner_as_said(partner):
    return {
        "id": str(partner.pk),
        "name": partner.name,
        "country": partner.country,
        "kind": partner.kind,
        "registration_number": partner.registration_number,
        "vat_number": partner.vat_number,
        "registered_as": partner.registered_as,
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


def put_partner(writing, application, partner, said, *, order, settle):
    """A new partner, or one with what is said of it; gives its id."""
    before = values(partner, PARTNER_FIELDS) if partner else None
    if partner is None:
        partner = Partner(application=application, **({"pk": UUID(str(said["id"]))} if said.get("id") else {}))
    settle(partner, said, before)
    require_valid(partner, PARTNER_FIELDS if not partner.is_coordinator else CONTACT, place=f"partners.{partner.pk}")
    after = values(partner, PARTNER_FIELDS)
    if not partner.is_coordinator and is_somebody_else(before, after):
        partner.organisation = recognised(partner)
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
    number = partner["registration_number"] or partner["vat_number"]
    return [partner["name"], MEMBER_STATES.get(partner["country"], ""), KINDS.get(partner["kind"], ""), number,
            ", ".join(text for text in (partner["contact_name"], partner["contact_email"]) if text)]  # fmt: skip


def with_identity(content):
    """Nobody was asked for numbers then, and nobody was chosen among the registered."""
    if "partners" not in content:
        return content
    unsaid = {"registration_number": "", "vat_number": "", "registered_as": ""}
    return {**content, "partners": [{**unsaid, **one} for one in content["partners"]]}


reads(1)(with_identity)


PART = Partners()
