"""Whether somebody opened a proposal, by the access log: what a conflict that is found late is asked first."""

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from audit.models import Look
from core.formats import brussels


def opened(application, person):
    """In a sentence; the log proves nothing of what was before it began, so it says since when."""
    seen = Look.objects.granted()
    found = seen.filter(chain=application.chain, person_id=str(person.pk)).aggregate(times=Count("pk"), last=Max("at"))
    first = seen.order_by("at").values_list("at", flat=True).first()
    words = {"who": person.name, "times": found["times"], "last": brussels(found["last"]), "since": brussels(first)}
    if found["times"]:
        return _("%(who)s opened it, or took a file of it, %(times)s times, last on %(last)s.") % words
    if first is None:
        return _("The access log holds nothing yet.")
    return _("%(who)s never opened it since the access log began on %(since)s.") % words
