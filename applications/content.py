"""The exact content of an application: what a receipt proves, what is judged, what a restored version returns to.

One form only: the parts that the call asks for, each in the shape that its file in `parts/` gives it; lists in a
settled order, amounts with two places, days as 2021-03-01. `format` says which reader understands it (`formats.py`).
`digest` is SHA-256 over its canonical JSON (keys sorted, no spaces, UTF-8).
"""

import hashlib
import json

from applications.formats import read, today
from applications.parts import PARTS, asked_by


def content_of(application):
    """Everything the applicant says, as plain JSON values, read from the rows."""
    return {
        "format": today(),
        "call": application.call.reference,
        "applicant": str(application.applicant_id),
        **{part.name: part.read(application) for part in asked_by(application.call)},
    }


def canonical(content):
    """The bytes that are hashed; anybody can make them from a receipt's JSON with any language's library."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(content):
    return hashlib.sha256(canonical(content)).hexdigest()


def is_as_sent(application, content):
    """Whether this content of the application is the one last submitted, in whichever format that was."""
    if digest(content) == application.sent_hash:
        return True
    receipt = application.receipts.first()
    return receipt is not None and says_the_same(content, receipt.content)


def says_the_same(content, received):
    """A content of today beside a received one of any format. A part that the receipt has not was not asked then:
    it must say nothing, else there is something that was never sent. Who applies is not compared: the receipt keeps
    the organisation that sent it, also when that one was merged into another since."""
    sent = {name: said for name, said in read(received).items() if name != "applicant"}
    later = [PARTS[name] for name in content if name in PARTS and name not in sent]
    return all(content.get(name) == said for name, said in sent.items()) and all(
        part.is_untouched(content[part.name]) for part in later
    )
