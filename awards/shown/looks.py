"""Who looked at an application, for its own authority once the letter was sent: by role, never by name.

The Commission's looks are counted. Of evaluators it is said that they read it and no more: how often, when, or from how
many sides would tell how many there were, and by and by who. What auditors look at is told to auditors alone.
"""

from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import is_commission, is_evaluator, said_by
from audit.models import Look
from core.formats import brussels_day


def who_looked(letter):
    """(who, what) of the application of a letter; nothing while it is not sent."""
    if letter.sent_at is None:
        return []
    rows = Look.objects.granted().filter(chain=letter.application.chain)
    own = letter.application.applicant.name
    return [
        (_("The department in charge"), counted(rows.filter(said_by(is_commission, "person_role")))),
        (_("Evaluators"), read_at_all(rows.filter(said_by(is_evaluator, "person_role")))),
        (own, counted(rows.filter(organisation_name=own))),
    ]


def counted(rows):
    found = rows.aggregate(times=Count("pk"), first=Min("at"), last=Max("at"))
    if not found["times"]:
        return _("never, as far as the access log goes back")
    first, last = brussels_day(found["first"]), brussels_day(found["last"])
    words = {"times": found["times"], "first": first, "last": last}
    if first == last:
        return ngettext("once, on %(first)s", "%(times)s times, on %(first)s", found["times"]) % words
    return _("%(times)s times, from %(first)s to %(last)s") % words


def read_at_all(rows):
    return _("read it") if rows.exists() else _("did not read it, as far as the access log goes back")
