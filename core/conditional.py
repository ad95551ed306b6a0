"""Reading again what has not changed, and changing only what is still as it was read (`ETag`, `If-Match`).

The tag of a row begins with its stamp, so that it can be asked for when the row is held; the rest is made of the answer
itself. So whoever may see something else than before, or less, has another tag: nobody is told “unchanged” wrongly.
"""

from hashlib import sha256

from django.http import HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from core.versions import BASED, MATCH, require_match

ANY = "*"
LONGEST = 20  # figures; no stamp of the database has as many
FOR_ANYBODY = "public, max-age=60"  # without a token everybody reads the same


def tag_of(answer):
    """Strong for one row, weak for a list and whatever else has no stamp."""
    digest = sha256(answer.content).hexdigest()[:24]
    stamp = answer.data.get("stamp") if isinstance(answer.data, dict) else None
    return f'W/"{digest}"' if stamp is None else f'"{stamp}.{digest}"'


def unless_known(request, answer):
    """What is done with an answer once its bytes are there: 304 where the reader has them."""
    tag = tag_of(answer)
    answer["ETag"] = tag
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if ANY not in known and bare(tag) not in map(bare, known):
        return answer
    unchanged = HttpResponseNotModified()
    for name in ("ETag", "Cache-Control", "Vary"):
        if name in answer:
            unchanged[name] = answer[name]
    return unchanged


def bare(tag):
    return tag.removeprefix("W/")


def tagged(request, answer):
    """A program may keep what it read, and asks each time whether it holds; a browser of somebody keeps nothing."""
    if request.auth:
        answer["Cache-Control"] = "private, no-cache"
    elif not request.user.is_authenticated:
        answer["Cache-Control"] = FOR_ANYBODY
    patch_vary_headers(answer, ["Authorization", "Cookie"])
    answer.add_post_render_callback(lambda made: unless_known(request, made))


def stamps_in(header):
    """The stamps that are asked for; a weak tag, or one of something without a stamp, fits nothing."""
    strong = [one for one in parse_etags(header) if one.startswith('"')]
    heads = [one.strip('"').partition(".")[0] for one in strong]
    return {int(one) for one in heads if one.isdecimal() and len(one) < LONGEST}


def matched(request, find_row, act):
    """Do it if the row at this address is still as `If-Match` says; the act asks once more when it holds the row."""
    header = request.headers.get("If-Match", "").strip()
    if header == ANY:  # over whatever stands there now: its sender says so
        BASED.set(False)
    elif header:
        row = find_row()
        MATCH.set((row and row.pk, stamps_in(header)))
        require_match(row, keep=True)
    return act()
