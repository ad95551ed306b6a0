"""How far a ranked list hangs on one evaluator, one score, one weight, half a step: beside it, never in its place.

Pure: from what was judged, as plain values, to figures; the same input gives the same figures (ADR 0085).
"""

from evaluation.sureness.agreement import Agreement
from evaluation.sureness.drift import LEAST as LEAST_COMPARED
from evaluation.sureness.drift import Drift
from evaluation.sureness.hanging import Hanging
from evaluation.sureness.kept import digest_of, terms_kept, terms_read
from evaluation.sureness.looked import DRAWS, SEED, Sureness, looked_through
from evaluation.sureness.matrix import Factor, Given, Judged, Proposal
from evaluation.sureness.reading import judged_for
from evaluation.sureness.scenarios import MOVED, Span
from evaluation.sureness.severity import Severity
from evaluation.sureness.supposed import Beside, Supposed
from evaluation.sureness.supposed import listed as supposed_list

__all__ = [
    "DRAWS", "LEAST_COMPARED", "MOVED", "SEED", "Agreement", "Beside", "Drift", "Factor", "Given", "Hanging", "Judged",
    "Proposal", "Severity", "Span", "Supposed", "Sureness", "digest_of", "judged_for", "looked_through",
    "supposed_list", "terms_kept", "terms_read",
]  # fmt: skip
