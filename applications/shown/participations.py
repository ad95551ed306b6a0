"""Partners who take part: what their own people read, who has answered how, and what is missing from whom."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.content import content_of
from applications.models import Participation
from applications.parts import asked_by, said_in
from applications.shown.words import situation_for_owner
from applications.states import EDITABLE, IN_PROCEDURE, ApplicationPhase, ParticipationPhase, ParticipationStatus
from core.cells import Cell
from core.formats import brief, brussels
from core.phases import for_each

P = ParticipationPhase
TONES = for_each(
    ParticipationStatus,
    {P.WAITING: "warning", P.TAKING_PART: "good", P.DECLINED: "bad", P.TAKEN_BACK: "neutral", P.ENDED: "neutral"},
)
READ = EDITABLE + IN_PROCEDURE + ApplicationPhase.RETRACTED  # withdrawn, it is its coordinator's own again


def proposal_for(participation):
    """Part by part as its partner reads it: nothing but what each part gives to a partner."""
    application = participation.application
    return [
        {"name": part.name, "label": part.label, "template": part.template, "shown": part.shown(given, application)}
        for part, given in given_to(participation)
    ]


def content_for(participation):
    """The same for programs, {part: what it says}."""
    return {part.name: given[part.name] for part, given in given_to(participation)}


def given_to(participation):
    """[(part, the content that it gives to this partner)]"""
    application, row = participation.application, str(participation.row)
    content = content_of(application)
    given = [(part, part.for_partner(content, row)) for part in said_in(content, application.call)]
    return [(part, seen) for part, seen in given if seen is not None]


def may_read(participation):
    return participation.stands_in(P.TAKING_PART) and participation.application.stands_in(READ)


def may_write(participation):
    """While its call is open, which the act asks by the moment of arrival."""
    return participation.stands_in(P.TAKING_PART) and participation.application.stands_in(EDITABLE)


def own_parts(participation):
    """[(part, address)] of what the partner's people write themselves."""
    asked = asked_by(participation.application.call) if may_write(participation) else []
    return [
        (part, reverse("participation_edit", args=[participation.pk, part.name])) for part in asked if part.partners_own
    ]


def facts_for(participation):
    """What the partner's people learn before they have accepted, and all that is left to them afterwards."""
    application, call = participation.application, participation.application.call
    facts = [
        (_("Coordinator"), application.applicant.name),
        (_("Call"), Cell(f"{call.reference} – {call.title}", url=call.get_absolute_url())),
        (_("The call closes"), brussels(call.closes_at)),
        (_("Your organisation"), participation.organisation.name),
        (_("Invited"), _("%(at)s by %(who)s") % invitation_words(participation)),
    ]  # fmt: skip
    if participation.mandate:
        facts.append((_("Mandate"), _("“%(words)s” – %(who)s, %(at)s") % mandate_words(participation)))
    if participation.ended_at:
        facts.append((_("Over since"), brussels(participation.ended_at)))
    if participation.because:
        facts.append((_("Reason"), participation.because))
    return facts


def invitation_words(participation):
    return {"at": brussels(participation.invited_at), "who": participation.invited_by}


def mandate_words(participation):
    words = {"words": participation.mandate, "at": brussels(participation.answered_at)}
    return words | {"who": participation.answered_by}


def state_for_partner(participation):
    """How the application stands, said as little as its owner is told before the letters; the letter is its own."""
    if participation.stands_in(P.TAKING_PART):
        return situation_for_owner(participation.application).label
    return ""


def everybody_in(application):
    """[who, answer, mandate by whom and when] for all who take part: who comes and goes is no secret among them."""
    rows = Participation.objects.filter(application=application).for_reading().order_by("invited_at")
    return {
        "columns": [_("Organisation"), _("Answer"), _("Mandate given by"), _("Since")],
        "rows": [
            [
                one.organisation.name, Cell(one.get_status_display(), tone=TONES[one.status]),
                one.answered_by.name if one.mandate else "",
                brief(one.ended_at or one.answered_at or one.invited_at),
            ]
            for one in rows
        ],
    }  # fmt: skip


# for the coordinator


def partners_of(application):
    """[{partner, standing participation or the last one, what is missing}] in the order of the partners."""
    latest = {one.row: one for one in application.participations.for_reading().order_by("invited_at")}
    found = []
    for partner in application.partners.prefetch_related("lines").filter(is_coordinator=False):
        one = latest.get(partner.pk)
        found.append({"partner": partner, "participation": one, "missing": missing_from(partner, one)})
    return found


def missing_from(partner, participation):
    """Sentences on what is still wanted of a partner: its answer, its money, its contact person."""
    sentences = [answer_missing(partner, participation)]
    if not any(line.amount for line in partner.lines.all()):
        sentences.append(_("no costs in the budget"))
    if not (partner.contact_name and partner.contact_email):
        sentences.append(_("no contact person with an e-mail address"))
    return [sentence for sentence in sentences if sentence]


def answer_missing(partner, participation):
    if participation is None:
        return _("not invited, so no mandate") if partner.registered_as else _("typed, so nobody can be invited")
    words = {"at": brief(participation.ended_at or participation.invited_at)}
    return WANTED[participation.status] % words if WANTED[participation.status] else ""


WANTED = for_each(
    ParticipationStatus,
    {
        P.WAITING: gettext_lazy("invited on %(at)s, no answer yet"),
        P.TAKING_PART: "",
        P.DECLINED: gettext_lazy("declined on %(at)s"),
        P.TAKEN_BACK: gettext_lazy("invitation taken back on %(at)s"),
        P.ENDED: gettext_lazy("takes part no more since %(at)s"),
    },
)


def missing_links(application):
    """[(partner: what is missing, where)] before it is submitted; it stops nobody, a mandate may be on paper."""
    url = reverse("partners_desk", args=[application.pk])
    return [
        (f"{one['partner'].name or _('(no name yet)')}: {', '.join(one['missing'])}", url)
        for one in partners_of(application)
        if one["missing"]
    ]
