from reports.lists.looks import AccessList
from reports.lists.own import TONES, FileList, PackList, ProofRunList
from reports.lists.trail import TrailList

__all__ = ["TONES", "AccessList", "FileList", "PackList", "ProofRunList", "TrailList"]
