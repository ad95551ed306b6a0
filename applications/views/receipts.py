"""The receipt: as a page, as the paper drawn once, and the exact content whose hash it states."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from applications import documents
from applications.content import canonical
from applications.models import Receipt
from applications.shown import proposal_received
from core import files
from core.api import visible_or_404
from core.errors import WrongState


def receipt_page(request, pk):
    receipt = visible_or_404(Receipt, request.user, pk)
    context = {
        "receipt": receipt,
        "application": receipt.application,
        "title": documents.name_in(receipt, "title"),
        "facts": documents.facts_of(receipt),
        "proposal": proposal_received(receipt),
    }
    return render(request, "applications/receipt.html", context)


def receipt_pdf(request, pk):
    receipt = visible_or_404(Receipt, request.user, pk)
    if not receipt.pdf_path:
        raise WrongState(
            _("The PDF of this receipt is being drawn. Try again in a moment; the page itself is the proof.")
        )
    name = f"receipt-{receipt.application.reference}-v{receipt.version}.pdf".replace("/", "-")
    return files.serve(receipt.pdf_path, name=name, content_type="application/pdf")


def receipt_json(request, pk):
    """The canonical JSON: its SHA-256 is the one on the receipt."""
    receipt = visible_or_404(Receipt, request.user, pk)
    answer = HttpResponse(canonical(receipt.content), content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="content.json"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
