"""What the worker delivers for this app."""

from applications import documents
from promises.keeping import keeps


@keeps("receipt")
def draw_receipt(receipt_id):
    documents.draw_receipt(receipt_id)
