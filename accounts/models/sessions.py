"""Who is signed in, and where: the framework's sessions, each with whose it is and when and whence it was last used.

A row lives as long as its session and is cleared away at night: the address in it is nobody's business afterwards, so
no record tells of it and no version is kept. Acts that end sessions have their records.
"""

import hashlib
from datetime import UTC, datetime, timedelta

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import cached_db
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.people import User
from accounts.querysets import SessionQuerySet
from accounts.roles import needs_second_factor
from core.formats import brussels

SHOWN_AT = "shown_at"  # in a session: when its person showed who it is, where that was not here and perhaps long before
TWO_FACTORS_SEEN = "second_factor"  # in a session: asked once, not with each page
LONGEST_DAY = timedelta(seconds=settings.SESSION_COOKIE_AGE)  # then everybody signs in again, however busy


class Session(AbstractBaseSession):
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sessions", null=True)  # None: a visitor
    since = models.DateTimeField(gettext_lazy("signed in"), null=True)
    seen_at = models.DateTimeField(gettext_lazy("last used"), null=True)  # to a few minutes
    address = models.CharField(gettext_lazy("address"), max_length=45, blank=True)
    device = models.CharField(gettext_lazy("device"), max_length=80, blank=True)

    objects = BaseSessionManager.from_queryset(SessionQuerySet)()

    def __str__(self):
        words = {"device": self.device or _("A browser"), "moment": brussels(self.since)}
        return _("%(device)s, signed in %(moment)s") % words

    @property
    def name(self):
        """What pages and programs call it by: whoever knows the key itself is signed in."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:32]

    @classmethod
    def get_session_store_class(cls):
        return SessionStore


class SessionStore(cached_db.SessionStore):
    """What a request finds as `request.session`: the cache first, the row beneath."""

    cache_key_prefix = "accounts.session:"

    @classmethod
    def get_model_class(cls):
        return Session

    def create_model_instance(self, data):
        """Whoever signs in is noted with the first save, and each later one says that the session is in use."""
        if SESSION_KEY not in data:
            return super().create_model_instance(data)
        data["seen"] = timezone.now().isoformat()
        data.setdefault("since", data["seen"])
        row = super().create_model_instance(data)
        row.person_id = data[SESSION_KEY]
        row.since, row.seen_at = (datetime.fromisoformat(data[moment]) for moment in ("since", "seen"))
        row.address, row.device = data.get("address", ""), data.get("device", "")
        return row

    @property
    def recognised_at(self):
        """When the person last showed who it is: by signing in, here or elsewhere, or when it was asked again."""
        asked = [one["at"] for one in self.get(AUTHENTICATION_METHODS_SESSION_KEY, ())]
        begun = datetime.fromisoformat(self.get(SHOWN_AT, self["since"]))
        return max([begun, *(datetime.fromtimestamp(at, UTC) for at in asked)])


def idle_limit(person):
    """How long somebody may be away and is still signed in; whoever judges, decides or audits not for long."""
    sooner, later = settings.IDLE_MINUTES
    return timedelta(minutes=sooner if needs_second_factor(person) else later)
