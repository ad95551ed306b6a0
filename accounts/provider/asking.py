"""What is fetched from the provider: JSON, at the issuer's own place alone, within seconds, by no detour."""

import hashlib
import json
from http import HTTPStatus
from time import monotonic
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from urllib3 import PoolManager, Timeout
from urllib3.exceptions import HTTPError

from core.errors import Refused

LONGEST = 10  # seconds for all that one sign-in asks of the provider
MOST = 200_000  # bytes of one answer
KEPT, AWAY = 600, 10  # seconds: what the provider says of itself; that it does not answer
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
POOL = PoolManager(num_pools=1, maxsize=8)


class ProviderAway(Refused):
    status = 503


class NotShown(Refused):
    """The answer is not one that this house could believe; the log says why, the page does not."""


def not_shown(why):
    sentence = _("The answer of %(provider)s could not be accepted. Nothing was done. Begin again, on this page.")
    refusal = NotShown(sentence % {"provider": settings.OIDC_NAME})
    refusal.why = why
    return refusal


def origin():
    return place_of(settings.OIDC_ISSUER)


def place_of(address):
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


# what the provider says of itself


def said_of_itself(until):
    return kept_for("said", lambda: checked(ask(own("/.well-known/openid-configuration"), until=until)))


def keys_of_it(until, *, anew=False):
    said = said_of_itself(until)
    found = kept_for("keys", lambda: ask(said["jwks_uri"], until=until), anew=anew)
    return [one for one in found["keys"] if one.get("kty") in {"RSA", "EC", "OKP"} and one.get("use") != "enc"]


def kept_for(name, fetch, *, anew=False):
    key = f"provider:{name}:{hashlib.sha256(settings.OIDC_ISSUER.encode()).hexdigest()}"
    found = None if anew else cache.get(key)
    if found is None:
        found = fetch()
        cache.set(key, found, KEPT)
    return found


def own(path):
    return settings.OIDC_ISSUER.rstrip("/") + path


def checked(said):
    """Not only what is fetched, also where browsers are sent stands at the issuer's own place."""
    if said.get("issuer") != settings.OIDC_ISSUER:
        raise not_shown("the provider calls itself otherwise than OIDC_ISSUER")
    for name in ENDPOINTS:
        if not isinstance(said.get(name), str) or place_of(said[name]) != origin():
            raise not_shown(f"its {name} is not at the place of OIDC_ISSUER")
    return said


# fetching


def ask(address, *, until, form=None, headers=None):
    """The JSON object at an address of the provider."""
    if cache.get("provider:away"):
        raise away()
    try:
        status, text = fetched(address, until=until, form=form, headers=headers or {})
    except (HTTPError, TimeoutError) as error:
        cache.set("provider:away", True, AWAY)
        raise away() from error
    return read(status, text)


def read(status, text):
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if status != HTTPStatus.OK or not isinstance(found, dict):
        raise not_shown(f"the provider answered {status} and {len(text)} bytes")
    return found


def fetched(address, *, until, form, headers):
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    answer = POOL.request(
        "POST" if form else "GET", address, body=urlencode(form) if form else None, redirect=False, retries=False,
        headers={"Accept": "application/json"} | headers
        | ({"Content-Type": "application/x-www-form-urlencoded"} if form else {}),
        timeout=Timeout(connect=min(3, left), read=min(5, left)), preload_content=False,
    )  # fmt: skip
    try:
        return answer.status, all_of(answer, until=until)
    finally:
        answer.close()


def all_of(answer, *, until):
    """What is longer or slower than any real answer is none."""
    text = b""
    for piece in answer.stream(4096):
        text += piece
        if len(text) > MOST or monotonic() > until:
            raise TimeoutError
    return text


def away():
    sentence = _("%(provider)s does not answer. Try again in some minutes, or sign in with your password.")
    return ProviderAway(sentence % {"provider": settings.OIDC_NAME})
