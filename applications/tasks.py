"""What the worker delivers for this app."""

from applications import documents
from applications.models import Receipt
from core import files
from promises.keeping import keeps
from promises.lanes import Lane
from promises.papers import Paper, carries


@keeps("receipt", lane=Lane.PROOF)
def draw_receipt(receipt_id):
    documents.draw_receipt(receipt_id)


@carries("receipt")
def paper_of_receipt(receipt_id):
    receipt = Receipt.objects.select_related("application").get(pk=receipt_id)
    if not receipt.drawn_at:
        return None
    return Paper(receipt.file_name, "application/pdf", lambda: files.read(receipt.pdf_path))
