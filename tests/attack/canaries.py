"""The texts of the world that begin with CANARY, and who may read which of them."""

import io
import re
import zipfile

from tests.attack.world import SECRET

OPEN = {
    "CANARY submitted in the open", "CANARY summary in the open", "CANARY unsent edit", "CANARY draft in the open",
    "CANARY withdrawn in the open", "CANARY reason to withdraw", "CANARY never submitted", "CANARY edit after sending",
    "CANDRAFT", "CANSENT", "CANBACK", "CANUNSENT", "CANARY of a failed receipt",
    "CANARY between colleagues", "CANARY line for a colleague",
}  # fmt: skip
JUDGED = {
    "CANARY unsigned comment", "CANARY signed comment", "CANARY cousin", "CANARY brother", "CANARY Signer",
    "CANARY comment of the second", "CANARY agreed comment", "CANARY remark", "CANARY Rapporteur", "CANARY Second",
}  # fmt: skip
OF_FIRST = {"CANARY unsigned comment", "CANARY signed comment", "CANARY cousin", "CANARY brother", "CANARY Signer"}
# of the first of the evaluated
CLARIFIED = {"CANARY clarification", "CANARY answer", "CANARY notice", "CANARY observation"}
ELSE = CLARIFIED | {
    "CANARY of the draft call",
    "CANARY question as asked",
    "CANARY of a scenario",
    "canary.colleague@example.eu",
    "=cmd()|'/c calc'!A0",
    "CANARY-DE",
    "CANARY-FR",
}
ALL = OPEN | JUDGED | ELSE
AWARDED = "CANARY-DE joint patrols"  # what an award is for is published (FR Art. 38(1)), there and nowhere else
PUBLISHED = ("/published/", "/api/published-awards/")
NOBODYS = {"CANARY of a failed receipt", "CANARY edit after sending"}  # hidden until opened; set aside at opening
IN_LISTS = {"CANARY brother"}  # what the trail and the report on conflicts tell at the least

# who may read which of them, and why
ITS_OWN = OPEN - {"CANARY of a failed receipt"}
MAY_READ = {
    "anonymous": set(),
    "owner": ITS_OWN | CLARIFIED | {"CANARY question as asked", "canary.colleague@example.eu", "=cmd()|'/c calc'!A0"},
    "stranger": {"CANARY-FR"},
    "officer": JUDGED | ELSE - {"canary.colleague@example.eu"},
    "officer_conflicted": JUDGED - OF_FIRST | ELSE - CLARIFIED - {"canary.colleague@example.eu"},
    "evaluator": {"CANARY unsigned comment", "=cmd()|'/c calc'!A0", "CANARY-DE", "CANARY-FR"},  # its own, and a signed
    "undeclared": set(),
    "conflicted": set(),
    "unassigned": set(),
    "member": set(),
    "authorising": JUDGED | ELSE - {"canary.colleague@example.eu"},
    "auditor": JUDGED | ELSE - {"CANARY of the draft call"},
    "national": JUDGED | CLARIFIED | {"=cmd()|'/c calc'!A0", "canary.colleague@example.eu"},
    "national_else": set(),
    "admin": {"canary.colleague@example.eu"},  # accounts and invitations are theirs: a desk is handed over by one
}
# what an auditor reads on the trail, behind no door of its own
UNHEARD = {who: {"canary.colleague@example.eu"} for who in ("auditor", "national")}
# an officer chooses evaluators among all names there are; administrators see every account
NAMES = {"CANARY Signer", "CANARY Rapporteur", "CANARY Second"}
CHOOSERS = {"officer", "officer_conflicted", "authorising", "auditor", "admin"}


class Listener:
    """Hears canaries in answers: which of them anybody heard, and where somebody heard what is not theirs."""

    def __init__(self):
        self.heard, self.faults = set(), {}

    def listens(self, name, address, text):
        if "logout" in address or SECRET in address:
            return  # whoever holds the secret of an invitation may know whom it is for
        if address.startswith(PUBLISHED):
            text = text.replace(AWARDED, "")
        here = {canary for canary in ALL if canary in text}
        self.heard |= here
        for canary in here - MAY_READ[name] - (NAMES if name in CHOOSERS else set()):
            self.faults.setdefault((name, canary), []).append(re.sub(r"[0-9a-f-]{36}", "·", address))


def text_of(answer):
    body = b"".join(answer) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    return body.decode("utf-8", "replace").replace("&#x27;", "'")
