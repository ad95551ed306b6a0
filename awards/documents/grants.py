"""Published awards as the 360Giving Data Standard has them, so that anybody's tools read them beside other funders'."""

from django.conf import settings
from django.utils.translation import gettext as _

from core.days import BRUSSELS

FUNDER = {"id": "XI-EU-HOME", "name": "European Commission, Directorate-General for Migration and Home Affairs"}
PREFIX = "360G-isf"  # of every id; a prefix of one's own is given by the keepers of that standard
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def grants_of(letters):
    return {
        "version": "1.1",
        "license": LICENCE,
        "publisher": {"name": FUNDER["name"], "prefix": PREFIX, "org_id": FUNDER["id"]},
        "grants": [grant_of(letter) for letter in letters],
    }


def grant_of(letter):
    application, call = letter.application, letter.application.call
    return {
        "id": f"{PREFIX}-{application.reference}",
        "title": application.title[:140],
        "description": _("%(title)s. Awarded under the call %(reference)s, %(call)s.")
        % {"title": application.title, "reference": call.reference, "call": call.title},
        "currency": "EUR",
        "amountAwarded": number(letter.contribution),
        "awardDate": letter.decision.decided_at.astimezone(BRUSSELS).isoformat(timespec="seconds"),
        "url": f"{settings.SITE_URL.rstrip('/')}{call.get_absolute_url()}",
        "recipientOrganization": [recipient_of(application.applicant)],
        "fundingOrganization": [FUNDER],
        "grantProgramme": [{"code": call.reference, "title": call.title}],
        "fromOpenCall": "Yes",
        "dateModified": letter.written_at.isoformat(timespec="seconds"),
    }


def recipient_of(organisation):
    return {
        "id": f"{PREFIX}-ORG-{organisation.pk}",
        "name": organisation.name,
        "streetAddress": organisation.address,
        "addressCountry": organisation.get_member_state_display(),
    }


def number(amount):
    """The standard wants a number; two places of a sum below nine million millions are exact in a binary fraction's
    shortest writing."""
    return int(amount) if amount == int(amount) else float(amount)
