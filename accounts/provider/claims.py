"""What of the provider's answer is believed: what one of its keys has signed for this house and this very sign-in."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from accounts.provider.asking import keys_of_it, not_shown
from core import clock

LEEWAY = 60  # seconds by which its clock may differ from ours
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]  # public keys


@dataclass(frozen=True)
class Shown:
    """Who somebody is there, when that was last shown there (None: not said), and whether by two factors we trust."""

    issuer: str
    subject: str
    at: datetime | None
    by_two_factors: bool


def claims_of(token, *, nonce, until):
    try:
        claims = opened(token, until=until)
        rules(nonce).validate(claims)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise not_shown(f"{type(wrong).__name__}: {wrong}") from wrong
    return claims


def opened(token, *, until):
    """By a key that is known; the keys are asked for anew, once, where none fits: they change now and then."""
    try:
        return by(keys_of_it(until), token)
    except (JoseError, ValueError):
        return by(keys_of_it(until, anew=True), token)


def by(keys, token):
    return jwt.decode(token, KeySet.import_key_set({"keys": keys}), algorithms=ALGORITHMS).claims


def rules(nonce):
    wanted = {"iss": settings.OIDC_ISSUER, "aud": settings.OIDC_CLIENT_ID, "nonce": nonce}
    said = {name: {"essential": True, "value": value} for name, value in wanted.items()}
    return jwt.JWTClaimsRegistry(leeway=LEEWAY, **said, **{name: {"essential": True} for name in ("sub", "exp", "iat")})


def believed(claims):
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", "" if several else settings.OIDC_CLIENT_ID) != settings.OIDC_CLIENT_ID:
        raise not_shown("the token is another program's")
    subject, at = claims["sub"], claims.get("auth_time")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise not_shown("the token names nobody")
    moment = datetime.fromtimestamp(at, UTC) if type(at) is int and 0 <= at < 1 << 33 else None
    return Shown(settings.OIDC_ISSUER, subject, moment and min(moment, clock.now()), has_two_factors(claims))


def has_two_factors(claims):
    """Only what whoever runs this house trusts counts as two factors, said as `acr` or among `amr`."""
    said = claims.get("amr") if isinstance(claims.get("amr"), list) else []
    return any(one in settings.OIDC_TWO_FACTORS for one in [claims.get("acr"), *said])
