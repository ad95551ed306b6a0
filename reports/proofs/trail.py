"""Every chain of the audit trail is whole: looked through slice by slice, each knows the record that it reached."""

from dataclasses import dataclass
from itertools import groupby

from audit.models import AuditRecord
from audit.record import broken_links
from reports.proofs.slices import Found, Proof


@dataclass(frozen=True)
class Chains:
    """Its place is [chain, sequence] of the record reached."""

    size: int = 10_000  # records; about a second

    def look(self, place):
        records = AuditRecord.objects.order_by("chain", "sequence")
        last = None
        if place:
            chain, sequence = place
            last = records.filter(chain=chain, sequence=sequence).first()
            records = records.filter(chain__gte=chain).exclude(chain=chain, sequence__lte=sequence)
        some = list(records[: self.size])
        is_last = len(some) < self.size
        return Found(len(some), list(faults_of(some, last)), None if is_last else [some[-1].chain, some[-1].sequence])


def faults_of(records, last):
    for chain, members in groupby(records, key=lambda record: record.chain):
        reached = last if last and last.chain == chain else None
        for record, why in broken_links(members, reached=reached):
            yield f"Record {record.sequence} of {chain} ({record.act}) {why}."


trail = Proof(Chains())
