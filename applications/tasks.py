"""What the worker delivers for this app."""

from applications import documents
from promises.keeping import keeps
from promises.lanes import Lane


@keeps("receipt", lane=Lane.PROOF)
def draw_receipt(receipt_id):
    documents.draw_receipt(receipt_id)
