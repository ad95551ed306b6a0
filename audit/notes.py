"""Checkpoints as text that public logs and their witnesses read: C2SP tlog-checkpoint, a signed note with Ed25519.

The key is drawn from the secret CHECKPOINT_KEY, which the database does not know. Keys of before are named by their
verification keys in CHECKPOINT_KEYS_BEFORE, so that what they signed can still be proved.
"""

from base64 import b64decode, b64encode
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

ED25519 = b"\x01"
DASH = "\N{EM DASH}"


class Head(NamedTuple):
    """What a checkpoint says: whose tree, of how many leaves, with which root (bytes)."""

    origin: str
    size: int
    root: bytes


def origin():
    """The address below which the tree is served, without its scheme: the name of the log."""
    address = urlsplit(settings.SITE_URL)
    return f"{address.netloc}{address.path.rstrip('/')}/log"


def private_key():
    return Ed25519PrivateKey.from_private_bytes(sha256(settings.CHECKPOINT_KEY.encode()).digest())


def key_id(name, public):
    return sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def verification_key():
    """What a witness is given: name, key id and public key in the format of signed notes."""
    name, public = origin(), private_key().public_key().public_bytes_raw()
    return f"{name}+{key_id(name, public).hex()}+{b64encode(ED25519 + public).decode()}"


def sign(head):
    """The signed note."""
    return signed(head.origin, f"{head.origin}\n{head.size}\n{b64encode(head.root).decode()}\n")


def sign_sum(what, sha256):
    """A note that bytes with this SHA-256 (hex) left this house; `what` they are is in its first line, so that no such
    note can be taken for a checkpoint."""
    return signed(origin(), f"{origin()} {what}\n{sha256}\n")


def signed(name, text):
    key = private_key()
    public = key.public_key().public_bytes_raw()
    signature = key_id(name, public) + key.sign(text.encode())
    return f"{text}\n{DASH} {name} {b64encode(signature).decode()}\n"


def read(note):
    """The Head of a note; ValueError when it is none."""
    text = note.partition("\n\n")[0]
    name, size, root, *_more = text.split("\n")
    if size != str(int(size)):
        raise ValueError(size)
    return Head(name, int(size), b64decode(root, validate=True))


def is_signed(note):
    """Whether the note carries a signature of our key, or of one of before."""
    try:
        text, signatures = note.split("\n\n")
        name, _size, _root = text.split("\n")
        ours = [line.split(" ")[2] for line in signatures.splitlines() if line.startswith(f"{DASH} {name} ")]
        return any(opens(name, f"{text}\n".encode(), b64decode(one, validate=True)) for one in ours)
    except (ValueError, IndexError):
        return False


def opens(name, text, signature):
    return any(
        key_id(name, public) == signature[:4] and verifies(public, text, signature[4:]) for public in public_keys()
    )


def verifies(public, text, signature):
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except InvalidSignature:
        return False
    return True


def public_keys():
    yield private_key().public_key().public_bytes_raw()
    for one in settings.CHECKPOINT_KEYS_BEFORE:
        yield b64decode(one.split("+", 2)[2])[1:]
