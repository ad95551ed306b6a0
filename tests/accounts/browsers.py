"""Browsers in which somebody is signed in, and the time that passes in them."""

from datetime import timedelta

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.cache import cache
from django.test import Client

from accounts.models import Session, SessionStore


def signed_in(person, **headers):
    client = Client(headers=headers)
    client.force_login(person)
    return client


def away(client, **time):
    """Nobody has used this browser for so long."""
    row, long = Session.objects.get(session_key=client.session.session_key), timedelta(**time)
    data = dict(client.session.items())
    data |= {"seen": (row.seen_at - long).isoformat(), "since": (row.since - long).isoformat()}
    asked = data.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    data[AUTHENTICATION_METHODS_SESSION_KEY] = [one | {"at": one["at"] - long.total_seconds()} for one in asked]
    cache.set(SessionStore.cache_key_prefix + row.session_key, data)
    Session.objects.filter(pk=row.pk).update(seen_at=row.seen_at - long, since=row.since - long)
