"""The receipt: as a page, as the paper drawn once, and the exact content whose hash it states."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from applications import documents
from applications.content import canonical
from applications.forms import ReceiptCheckForm
from applications.models import Receipt
from applications.shown import proposal_received
from core import files
from core.errors import WrongState
from core.found import visible_or_404
from core.views import form_page


def receipt_page(request, pk):
    receipt = visible_or_404(Receipt, request.user, pk)
    context = {
        "receipt": receipt,
        "application": receipt.application,
        "title": documents.name_in(receipt, "title"),
        "facts": documents.facts_of(receipt),
        "check": documents.check_path(receipt),
        "proposal": proposal_received(receipt),
    }
    return render(request, "applications/receipt.html", context)


@login_not_required
@require_GET
def check_receipt(request):
    """Whether a receipt stands, for anybody who holds its number and a hash; the QR code on it leads here."""
    form, stands = ReceiptCheckForm(request.GET if "sha256" in request.GET else None), None
    if form.is_valid():
        stands = Receipt.objects.proving(form.cleaned_data["number"], form.cleaned_data["sha256"]).exists()
    return form_page(request, "applications/check_receipt.html", form, stands=stands)


def receipt_pdf(request, pk):
    receipt = visible_or_404(Receipt, request.user, pk)
    if not receipt.pdf_path:
        raise WrongState(
            _("The PDF of this receipt is being drawn. Try again in a moment; the page itself is the proof.")
        )
    return files.serve(receipt.pdf_path, name=receipt.file_name, content_type="application/pdf")


def receipt_json(request, pk):
    """The canonical JSON: its SHA-256 is the one on the receipt."""
    receipt = visible_or_404(Receipt, request.user, pk)
    answer = HttpResponse(canonical(receipt.content), content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="content.json"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
