"""A call as the CommonGrants protocol has an opportunity, for programs that look for money in many places."""

from datetime import UTC

from django.conf import settings
from django.utils.translation import gettext as _

from core.days import day_of
from core.formats import brussels_clock
from programmes.states import CallPhase

FORECASTED, OPEN, CUSTOM, CLOSED = "forecasted", "open", "custom", "closed"


def status_of(call, at):
    if call.stands_in(CallPhase.CANCELLED):
        return CUSTOM
    if not call.stands_in(CallPhase.PUBLISHED) or call.closes_at <= at:
        return CLOSED
    return OPEN if call.opens_at <= at else FORECASTED


def opportunity_of(call, at):
    return {
        "id": str(call.pk),
        "title": call.title,
        "status": told_status(call, at),
        "description": call.topic or call.title,
        "funding": funding_of(call),
        "keyDates": dates_of(call),
        "acceptedApplicantTypes": [{"value": "custom", "customValue": "authority", "description": _(
            "Authorities and bodies of the Member States that take part: %(states)s.") % {
                "states": ", ".join(call.eligible_states)}}],
        "source": f"{settings.SITE_URL.rstrip('/')}{call.get_absolute_url()}",
        "customFields": {"reference": custom("reference", _("Reference of the call"), call.reference)},
        "createdAt": moment(call.published_at),
        "lastModifiedAt": moment(modified_at(call)),
    }  # fmt: skip


def told_status(call, at):
    """The word of the protocol, and ours where it has none."""
    value = status_of(call, at)
    told = {"value": value, "description": str(call.get_status_display())}
    return told | ({"customValue": call.status.lower()} if value == CUSTOM else {})


def funding_of(call):
    amounts = {
        "totalAmountAvailable": call.budget,
        "minAwardAmount": call.min_contribution,
        "maxAwardAmount": call.max_contribution,
    }
    return {name: money(amount) for name, amount in amounts.items() if amount is not None}


def money(amount):
    return {"amount": f"{amount:.2f}", "currency": "EUR"}


def dates_of(call):
    dates = {
        "postDate": event(_("Applications are taken from"), call.opens_at),
        "closeDate": event(_("Applications are taken until"), call.closes_at),
    }
    if call.questions_close_at:
        dates["otherDates"] = {"questions": event(_("Questions are taken until"), call.questions_close_at)}
    return dates


def event(name, at):
    told = {"date": day_of(at).isoformat(), "time": brussels_clock(at), "description": _("Brussels time")}
    return {"name": str(name), "eventType": "singleDate", **told}


def custom(name, label, value):
    return {"name": name, "fieldType": "string", "value": value, "description": str(label)}


def modified_at(call):
    """What everybody could see: its publication and its corrigenda; never that something is being prepared."""
    published = [one.published_at for one in call.corrigenda.all() if one.published_at]
    return max([call.published_at, *published, *([call.cancelled_at] if call.cancelled_at else [])])


def moment(at):
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
