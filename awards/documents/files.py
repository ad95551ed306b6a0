"""Drawn letters in the store, under a name that says which bytes they are; given out only with those bytes."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from core.errors import Refused
from core.files import discard, read


class PdfLost(Refused):
    status = 500


def keep_pdf(letter, pdf):
    """Store the bytes and give (path, sha256). The same bytes twice are one file, so a second try leaves no second."""
    sha256 = hashlib.sha256(pdf).hexdigest()
    path = f"letters/{letter.decision_id}/{letter.pk}-{sha256[:16]}"
    if default_storage.exists(path):
        if read(path) == pdf:
            return path, sha256
        discard(path)  # half a file of a worker that died
    return default_storage.save(path, ContentFile(pdf)), sha256


def kept_pdf(letter):
    """The bytes that were sent, or a refusal when the store no longer holds exactly those."""
    try:
        pdf = read(letter.pdf_path)
    except OSError:
        pdf = b""
    if hashlib.sha256(pdf).hexdigest() != letter.pdf_sha256:
        raise PdfLost(
            _("The stored file of %(letter)s is not the one that was sent. Ask the programme office.")
            % {"letter": letter}
        )
    return pdf
