from reports.lists.findings import FindingList
from reports.lists.looks import AccessList
from reports.lists.own import TONES, FileList, PackList, ProofRunList
from reports.lists.samples import SampleList
from reports.lists.trail import TrailList

__all__ = ["TONES", "AccessList", "FileList", "FindingList", "PackList", "ProofRunList", "SampleList", "TrailList"]
