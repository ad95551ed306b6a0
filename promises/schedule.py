"""The beat: it sends nothing for the sake of the hour. It looks at the rows, and hints where something is due.

And, beside it, the look at whose turn it is, owed by an act.
"""

import logging

from celery.beat import PersistentScheduler
from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import close_old_connections
from django.utils.translation import gettext as _

from core import clock
from core.formats import span
from core.switches import is_read_only
from promises.actions import note_turns, owe_what_returns
from promises.keeping import keeps, put_back_abandoned
from promises.lanes import LATE, Lane, is_late
from promises.models import Promise
from promises.tasks import hint_if_due

log = logging.getLogger(__name__)
REMINDED_AFTER = 3600  # seconds between two mails about the same lane


@keeps("tell", lane=Lane.MAIL)
def look_whose_turn(row_id):
    note_turns(row_id, at=clock.now())


def look():
    """Each second: give back what died in somebody's hands, wake a worker for what is due."""
    put_back_abandoned()
    hint_if_due()


def alarm():
    """Each minute: tell the operators of lanes that are late. Here, for the workers may be what is broken."""
    for lane, waited in late_lanes(clock.now()).items():
        words = {"what": lane.label, "time": span(waited), "limit": span(LATE[lane])}
        log.error("late: the oldest of “%(what)s” has waited for %(time)s", words)
        if settings.OPERATORS and cache.add(f"told-of-lane-{lane}", 1, REMINDED_AFTER):
            send_mail(
                _("Late: %(what)s") % words,
                _("The oldest has waited for %(time)s; more than %(limit)s is late. Do the workers run?") % words,
                None,
                settings.OPERATORS,
            )


def nights():
    """Each minute: what is done every night is owed for the next one, what is done all the time is owed."""
    if not is_read_only():
        owe_what_returns(clock.now())


def late_lanes(at):
    """How long the oldest has waited, of each lane that is late."""
    return {Lane(row["lane"]): at - row["oldest"] for row in Promise.objects.by_lane(at) if is_late(row, at)}


class Beat(PersistentScheduler):
    """Celery's beat; the names in its schedule are functions here, and run in its own process."""

    WATCHES = {"look": look, "alarm": alarm, "nights": nights}

    def send_task(self, name, *args, **kwargs):
        close_old_connections()
        self.WATCHES[name]()
