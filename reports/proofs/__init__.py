"""What no constraint can say, proved again from the rows and the kept bytes: each proof gives a sentence per fault."""

from reports.proofs.batches import batches
from reports.proofs.looks import looks
from reports.proofs.papers import attachments, letters, report_files
from reports.proofs.procedure import (
    attempts,
    awards,
    clarifications,
    hearings,
    outcomes,
    questions,
    ranked_lists,
    reopenings,
    standing_orders,
    submissions,
)
from reports.proofs.rows import rows
from reports.proofs.statuses import statuses
from reports.proofs.trail import trail
from reports.proofs.tree import tree

# fmt: off
PROOFS = {
    "submitted applications have their receipts":          submissions,
    "the ledger of attempts agrees with the receipts":     attempts,
    "standing orders ended before their calls were opened": standing_orders,
    "calls were opened again before anything was read":    reopenings,
    "clarifications were answered in time":               clarifications,
    "observations came in time, before what was decided": hearings,
    "published questions have their answers":              questions,
    "awards rest on a signed list and evaluation":         awards,
    "nobody was forgotten when a call was decided":        outcomes,
    "signed lists have the seal of their places":          ranked_lists,
    "what was done for many was done for each":            batches,
    "statuses have the records that led to them":          statuses,
    "rows are what the trail tells of them":               rows,
    "letters and receipts have their papers":              letters,
    "attachments have their bytes":                        attachments,
    "report files have their bytes":                       report_files,
    "chains of the audit trail are whole":                 trail,
    "every record has its place in the tree":              tree,
    "the access log is whole":                             looks,
}
# fmt: on
