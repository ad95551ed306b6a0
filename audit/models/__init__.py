from audit.models.looks import Look, LookBlock, Unsealed
from audit.models.trail import (
    AuditRecord,
    Beginning,
    ChangedRow,
    Checkpoint,
    Shape,
    TreeNode,
    Unplaced,
    folded,
)

__all__ = [
    "AuditRecord", "Beginning", "ChangedRow", "Checkpoint", "Look", "LookBlock", "Shape", "TreeNode", "Unplaced",
    "Unsealed", "folded",
]  # fmt: skip
