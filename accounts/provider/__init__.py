"""Signing in by OpenID Connect: the way to the provider and back, by authorization code with PKCE, state and nonce.

What is fetched stands in `asking`, what is believed in `claims`.
"""

import base64
import hashlib
import secrets
from time import monotonic
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.urls import reverse

from accounts.provider.asking import LONGEST, NotShown, ProviderAway, ask, not_shown, origin, said_of_itself
from accounts.provider.claims import Shown, believed, claims_of
from core import clock

__all__ = ["NotShown", "ProviderAway", "Shown", "begin", "is_set", "origin", "shown"]


def is_set():
    return bool(settings.OIDC_ISSUER)


# there


def begin(*, again=False):
    """The address to which the browser is led, and what is kept here until it comes back.

    `again`: the provider is to ask anew who it is, whoever it knows already.
    """
    kept = {name: secrets.token_urlsafe(48) for name in ("state", "nonce", "verifier")}
    kept["at"] = clock.now().isoformat()
    asked = {
        "response_type": "code", "client_id": settings.OIDC_CLIENT_ID, "redirect_uri": way_back(), "scope": "openid",
        "state": kept["state"], "nonce": kept["nonce"], "code_challenge": challenge_of(kept["verifier"]),
        "code_challenge_method": "S256", "max_age": 0 if again else settings.SESSION_COOKIE_AGE,
        **({"prompt": "login"} if again else {}),
    }  # fmt: skip
    address = said_of_itself(monotonic() + LONGEST)["authorization_endpoint"]
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}", kept


def challenge_of(verifier):
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def way_back():
    return settings.SITE_URL.rstrip("/") + reverse("provider_back")


# and back


def shown(kept, answer):
    """Who came back with this answer to what was `kept`."""
    if answer.get("iss", settings.OIDC_ISSUER) != settings.OIDC_ISSUER:
        raise not_shown("the answer comes from another issuer")
    if "error" in answer or not answer.get("code"):
        raise not_shown(f"the provider answered {answer.get('error', '')[:40]!r} and no code")
    until = monotonic() + LONGEST
    token = token_for(answer["code"], kept["verifier"], until=until)
    return believed(claims_of(token, nonce=kept["nonce"], until=until))


def token_for(code, verifier, *, until):
    said = said_of_itself(until)
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": way_back(), "code_verifier": verifier,
    }  # fmt: skip
    headers = {}
    if "client_secret_basic" in said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
        pair = f"{quote(settings.OIDC_CLIENT_ID, safe='')}:{quote(settings.OIDC_CLIENT_SECRET, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        form |= {"client_id": settings.OIDC_CLIENT_ID, "client_secret": settings.OIDC_CLIENT_SECRET}
    answer = ask(said["token_endpoint"], until=until, form=form, headers=headers)
    if not isinstance(answer.get("id_token"), str):
        raise not_shown("no id_token came for the code")
    return answer["id_token"]
