"""Writing the access log: one statement when the answer is ready, no lock, no chain; sealing comes later.

What a request shows is told where rows are found for a person (`core.found`), so a new page is in the log without
saying anything. A row says itself whether looks at it are kept (`is_watched`); files and refusals always are.

Nothing is lost in silence: while the database takes no writing, looks wait in files (`audit.spool`); when not even that
is possible the request fails, and nothing is shown.
"""

import hmac
import logging
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import Error, connection

from audit.door import this_door
from audit.hashing import canonical
from audit.models import Look
from audit.scope import as_scope
from audit.spool import lay_by

log = logging.getLogger(__name__)
COLUMNS = (
    "kind", "door", "person_id", "person_name", "person_role", "organisation_name", "chain", "subject_type",
    "subject_id", "subject_name", "scope", "member_state", "page", "file", "status", "request_id", "is_late",
)  # fmt: skip
INSERT = f"INSERT INTO audit_look ({', '.join(COLUMNS)}, mark) VALUES "  # noqa: S608  # nosec B608 - names of our own
PLACES = f"({', '.join(['%s'] * (len(COLUMNS) + 1))})"
REFUSALS = (403, 404)
SHOWN = (*range(200, 300), 400, 409, 422)  # a form that was refused is shown again
_seen = ContextVar("seen", default=None)


@dataclass
class Seen:
    """What one request has found, what it asked for in vain (model, key), the file that leaves with it."""

    rows: list = field(default_factory=list)
    missed: tuple = ()
    file: str = ""


@contextmanager
def watching():
    token = _seen.set(Seen())
    try:
        yield _seen.get()
    finally:
        _seen.reset(token)


def saw(row):
    """This row is being shown: said by whatever finds rows for people."""
    if (seen := _seen.get()) is not None:
        seen.rows.append(row)


def missed(model, key):
    """Whoever asks sees no such row; whether there is one is looked up when the refusal is written down."""
    if (seen := _seen.get()) is not None:
        seen.missed = model, key


def took(name):
    """A list or a report leaves as this file."""
    if (seen := _seen.get()) is not None:
        seen.file = name


# one request


def note_request(request, response, seen):
    """Write down what this answer shows, gives away or refuses to somebody who is signed in."""
    person, match = getattr(request, "user", None), request.resolver_match
    if match and person is not None and person.is_authenticated:
        note(list(looks_of(request, response, seen, {**who(person), "page": page_of(match)})))


def page_of(match):
    return (match.view_name or "")[:80]


def looks_of(request, response, seen, told):
    """A dictionary for each thing the request was about, one where it was about nothing in particular."""
    told["status"] = response.status_code
    if response.status_code in REFUSALS:
        yield told | {"kind": Look.Kind.REFUSED} | about(row_refused(seen))
    elif response.status_code in SHOWN:
        yield from shown(request, response, seen, told)


def shown(request, response, seen, told):
    file = file_of(response, seen)
    rows = [row for row in one_of_each(seen.rows) if getattr(row, "is_watched", False)]
    if file:
        kind = Look.Kind.FILE if seen.rows else Look.Kind.EXPORT
        for row in rows or seen.rows[-1:] or [None]:
            yield told | {"kind": kind, "file": file[:300]} | about(row)
    elif not asks_itself(request):
        yield from (told | {"kind": Look.Kind.VIEW} | about(row) for row in rows)


def one_of_each(rows):
    """The last row of each chain: a page of one of its parts says which part."""
    return {row.chain: row for row in rows if hasattr(row, "chain")}.values()


def file_of(response, seen):
    said = response.headers.get("Content-Disposition", "")
    return seen.file or (said.partition("filename=")[2].strip('"') or "file" if said else "")


def asks_itself(request):
    """A bar that follows something, not a person who reads."""
    return request.headers.get("Accept") == "application/json" and not request.path.startswith("/api/")


def row_refused(seen):
    if not seen.missed:
        return seen.rows[-1] if seen.rows else None
    model, key = seen.missed
    try:
        return model._base_manager.filter(pk=key).first()
    except (ValidationError, ValueError):  # an address that somebody typed: the id of nothing
        return None


def who(person):
    return {
        "person_id": str(person.pk), "person_name": str(person)[:200], "person_role": person.role,
        "organisation_name": person.organisation_name[:300],
    }  # fmt: skip


def about(row):
    """What the look is filed under; nothing where no row is named."""
    if row is None or not hasattr(row, "chain"):
        return {}
    scope = as_scope(row.audit_scope())
    return {
        "chain": row.chain, "subject_type": row._meta.label_lower, "subject_id": str(row.pk)[:40],
        "subject_name": str(row)[:300], "scope": scope, "member_state": scope.get("member_state", "")[:2],
    }  # fmt: skip


# writing


def note(looks):
    """Write these down, in one statement; where the database cannot, they wait in a file."""
    if not looks:
        return
    door, request_id = this_door()
    whole = [complete({"door": door, "request_id": request_id, **one}) for one in looks]
    try:
        insert(whole)
    except Error as error:
        log.exception("the access log cannot be written; it waits in a file")
        keep_for_later(whole, error)


def complete(look):
    empty = dict.fromkeys(COLUMNS, "") | {"scope": {}, "is_late": False}
    return empty | {name: str(value) if name == "kind" else value for name, value in look.items()}


def insert(looks):
    with connection.cursor() as cursor:
        cursor.execute(INSERT + ", ".join([PLACES] * len(looks)), [value for one in looks for value in values(one)])


def values(look):
    return [*(canonical(look[name]) if name == "scope" else look[name] for name in COLUMNS), mark_of(look)]


def keep_for_later(looks, error):
    """The web server's own time is all there is; without a place to wait nothing is shown at all."""
    at = datetime.now(UTC).isoformat()
    try:
        lay_by([one | {"is_late": True, "at": at} for one in looks])
    except OSError:
        raise error from None


def mark_of(look):
    """Of what was noted, with a secret of this house; of a late one its time too."""
    told = [look[name] for name in COLUMNS] + ([look["at"]] if look["is_late"] else [])
    return hmac.digest(secret(), canonical(told).encode(), "sha256").hex()


def secret():
    return sha256(b"access log\n" + settings.CHECKPOINT_KEY.encode()).digest()


def digest_of_address(text):
    """An address that nobody here has, so that tries with it can be counted and it is not kept."""
    return hmac.digest(secret(), text.strip().lower().encode(), "sha256").hex()[:16]
