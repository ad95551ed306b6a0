"""The documents of an application: which ones a pack holds, each beside the column of the row that names its hash."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.storage import default_storage

from applications.content import canonical
from applications.models import Attachment, ClarificationFile, HearingFile, Receipt
from awards.models import Letter
from core import files
from core.zips import Entry, entry_of, safe_name
from evaluation.actions.ranked_lists import sealed_text
from evaluation.models import RankedList
from reports.packs.scratch import Sums
from reports.withheld import FILES, LOST, ON_REQUEST, PAPERS, PEOPLE, REMOVED


@dataclass(frozen=True)
class Paper:
    """`row` is [table, id, column] of what names its hash; without `pieces` it is withheld, and `why` says so."""

    name: str
    sha256: str
    row: list | None
    size: int | None = None
    pieces: Callable | None = None
    why: str = ""


def papers_of(application, user, pack):
    """Everything that came in or went out, in its order."""
    left_out, chosen = set(pack.left_out), set(pack.documents_left_out)
    for paper, kinds in every_paper(application, user):
        if kinds & left_out or {paper.sha256, paper.name.rpartition("/")[2], paper.name} & chosen:
            paper = without_bytes(paper, ON_REQUEST)
        yield paper


def every_paper(application, user):
    """(paper, what it is left out with)."""
    attached = list(Attachment.objects.visible_to(user).filter(application=application).order_by("uploaded_at", "pk"))
    for number, file in enumerate(attached, 1):
        yield stored(f"documents/{number:02d}-{safe_name(file.name)}", file, "sha256", file.path), {FILES}
    receipts = list(Receipt.objects.visible_to(user).filter(application=application).order_by("version"))
    for receipt in receipts:
        yield from papers_of_receipt(receipt)
    yield from removed_files(receipts, {file.sha256 for file in attached})
    yield from papers_of_answers(application, user)
    for letter in Letter.objects.visible_to(user).filter(application=application).order_by("written_at", "pk"):
        if letter.pdf_sha256:
            paper = stored(f"letters/{safe_name(letter.reference)}.pdf", letter, "pdf_sha256", letter.pdf_path)
            yield paper, {PAPERS, PEOPLE}


def papers_of_answers(application, user):
    """Documents of answers to clarifications, and of observations before an adverse decision."""
    for folder, kind, above in (
        ("clarifications", ClarificationFile, "clarification"), ("observations", HearingFile, "hearing"),
    ):  # fmt: skip
        of_this = {f"{above}__application": application}
        for file in kind.objects.visible_to(user).filter(**of_this).order_by("name", "pk"):
            yield stored(f"{folder}/{file.pk.hex[:8]}-{safe_name(file.name)}", file, "sha256", file.path), {FILES}


def papers_of_receipt(receipt):
    content = entry_of(f"received/version-{receipt.version}.json", canonical(receipt.content))
    row = [receipt._meta.db_table, str(receipt.pk), "sha256"]
    yield Paper(content.name, receipt.sha256, row, content.size, content.pieces), {PEOPLE}
    if receipt.pdf_path:
        name = f"received/{safe_name(receipt.file_name)}"
        yield stored(name, receipt, "pdf_sha256", receipt.pdf_path), {PAPERS, PEOPLE}


def removed_files(receipts, known):
    """Those that an earlier receipt names and that were taken out since: only their hash."""
    for receipt in receipts:
        for file in receipt.files:
            if file["sha256"] not in known:
                known.add(file["sha256"])
                yield Paper(f"documents/removed-{file['sha256'][:12]}", file["sha256"], None, why=REMOVED), set()


def stored(name, row, column, path):
    place = [row._meta.db_table, str(row.pk), column]
    if not default_storage.exists(path):
        return Paper(name, getattr(row, column), place, why=LOST)
    return Paper(name, getattr(row, column), place, default_storage.size(path), lambda: files.pieces(path))


def without_bytes(paper, why):
    return Paper(paper.name, paper.sha256, paper.row, paper.size, why=paper.why or why)


def lists_of(call, user):
    """Each ranked list that was ever signed, as the very text whose hash the committee signed."""
    rows = RankedList.objects.visible_to(user).once_signed().filter(call=call)
    for one in rows.select_related("round").order_by("drawn_at", "pk"):
        text = entry_of(f"ranked-list-{one.round.ordinal}-{one.pk.hex[:8]}.json", sealed_text(one).encode())
        row = [one._meta.db_table, str(one.pk), "sha256"]
        yield Paper(text.name, one.sha256, row, text.size, text.pieces)


def as_entry(paper, folder):
    """(entry of the ZIP, the SHA-256 of its bytes as they are now), read once in pieces."""
    sums = Sums()
    for piece in paper.pieces():
        sums.add(piece)
    return Entry(f"{folder}/{paper.name}", sums.size, sums.crc32, paper.pieces), sums.sha256
