"""What was done for many at once was done for each."""

from collections import Counter

from django.db.models import Count
from django.db.models.fields.json import KT

from applications.models import CheckBatch
from audit.models import AuditRecord
from evaluation.models import Batch
from reports.proofs.slices import Part, Proof

MADE = ["check.agree", "assessment.assign", "consensus.appoint"]  # the acts that a batch takes, and names


def made_and_told(rows):
    """Every batch that was carried out accounts for each of its lines, and each row that it made has its record."""
    named = KT("changes__batch_id__1")
    records = AuditRecord.objects.filter(act__in=MADE).alias(batch=named).order_by()
    records = records.filter(batch__in=[str(batch.pk) for batch in rows]).values_list(named)
    told = Counter(dict(records.annotate(number=Count("pk"))))
    for batch in rows.select_related("call").order_by("made_at"):
        if batch.made + batch.refused != batch.size:
            yield f"{batch} ({batch.pk}): {batch.made} made and {batch.refused} refused are not {batch.size} lines."
        if batch.made != told[str(batch.pk)]:
            yield f"{batch} ({batch.pk}): {batch.made} made, but {told[str(batch.pk)]} records tell of it."


batches = Proof(
    Part(lambda: CheckBatch.objects.exclude(made=0, refused=0), made_and_told),
    Part(lambda: Batch.objects.exclude(made=0, refused=0), made_and_told),
)
