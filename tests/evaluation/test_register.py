"""The register of evaluators: kept by each, read by officers, and one spelling for all."""

from datetime import date

import pytest

from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed, Stale, WrongState
from evaluation.actions import keep_entry
from evaluation.actions.register import MOST_ABSENCES, MOST_KEYWORDS, enter_register
from evaluation.models import RegisterEntry
from evaluation.shown.register import in_words
from evaluation.states import ENTRY, EntryStatus
from tests.evaluation.factories import DAY
from tests.factories import (
    a_fund,
    a_national_auditor,
    an_applicant,
    an_auditor,
    an_authorising_officer,
    an_evaluator,
    an_officer,
    an_organisation,
    everybody,
    golden_table,
)

pytestmark = pytest.mark.django_db
SAID = {
    "keywords": ["Digital forensics", "DNA"], "languages": ["fr", "en"], "most": 8,
    "absences": ["2021-02-10/2021-02-20"],
}  # fmt: skip


def an_entry(person=None, **said):
    return keep_entry(by=person or an_evaluator(), at=DAY, said=said)


def test_the_life_of_an_entry():
    hers = an_evaluator()
    row = RegisterEntry(person=hers)

    def standing(status):
        row.status, row._state.adding = status, status is None
        return row

    people = {**everybody(an_organisation()), "hers": hers}
    assert golden_table(ENTRY, [None, *EntryStatus], people, standing) == """
      owner  stranger  officer  evaluator  authorising  auditor  national  admin  system  hers
None  -      -         -        -          -            -        -         -      -       enter
KEPT  -      -         -        -          -            -        -         -      -       correct
""".strip("\n").rstrip()  # fmt: skip


def test_an_evaluator_says_what_she_knows_reads_and_takes():
    a_fund()
    evaluator = an_evaluator()

    entry = an_entry(evaluator, **SAID, actions=["isf-police:b", "isf-police:a"])

    entry.refresh_from_db()
    assert (entry.keywords, entry.languages, entry.most) == (["Digital forensics", "DNA"], ["en", "fr"], 8)
    assert entry.actions == ["isf-police:a", "isf-police:b"]
    record = AuditRecord.objects.get(act="registerentry.enter")
    assert record.actor_id == str(evaluator.pk)
    assert record.changes["languages"] == [None, ["en", "fr"]]


def test_what_is_left_out_of_a_correction_stays_and_each_version_is_kept():
    evaluator = an_evaluator()
    an_entry(evaluator, **SAID)

    entry = an_entry(evaluator, most=None, absences=[])

    assert (entry.keywords, entry.most, entry.absences) == (SAID["keywords"], None, [])
    assert list(entry.events.order_by("pgh_id").values_list("most", flat=True)) == [8, None]
    assert AuditRecord.objects.get(act="registerentry.correct").changes["most"] == [8, None]


def test_a_page_drawn_before_the_last_change_is_refused_with_the_difference():
    evaluator = an_evaluator()
    seen = an_entry(evaluator, **SAID).stamp
    an_entry(evaluator, most=3)

    with pytest.raises(Stale) as refusal:
        keep_entry(by=evaluator, base=seen, said={"most": 5})

    assert refusal.value.gaps["most"] == "Assessments in one call, at most: was “8”, is now “3”"
    assert RegisterEntry.objects.get().most == 3


def test_a_page_drawn_before_there_was_an_entry_does_not_write_over_it():
    evaluator = an_evaluator()
    an_entry(evaluator, most=3)

    with pytest.raises(Stale):
        keep_entry(by=evaluator, base="never", said={"most": 5})
    with pytest.raises(WrongState, match="in the register already"):
        enter_register(RegisterEntry(person=evaluator), by=evaluator, said={"most": 5})
    assert RegisterEntry.objects.get().most == 3


def test_nobody_writes_for_another():
    entry = an_entry(most=3)

    with pytest.raises(NotAllowed):
        ENTRY.run("correct", entry, by=an_officer(), said={"most": 5})
    with pytest.raises(NotAllowed):
        keep_entry(by=an_applicant(), said={"most": 5})


def test_a_word_that_others_use_takes_their_spelling_and_ones_own_may_be_corrected():
    an_entry(keywords=["Digital  forensics"])
    mine = an_evaluator()

    assert an_entry(mine, keywords=["digital FORENSICS", "Eurodac", "eurodac ", ""]).keywords == [
        "Digital forensics", "eurodac",
    ]  # fmt: skip
    assert an_entry(mine, keywords=["EURODAC"]).keywords == ["EURODAC"]


def test_the_words_of_many_come_first():
    an_entry(keywords=["dna", "radio"])
    an_entry(keywords=["radio"])

    assert RegisterEntry.objects.keywords_used(most=5) == ["radio", "dna"]
    assert RegisterEntry.objects.keywords_used(most=1) == ["radio"]


@pytest.mark.parametrize(
    ("said", "gap", "sentence"),
    [
        ({"keywords": [f"word {n}" for n in range(MOST_KEYWORDS + 1)]}, "keywords", "at most 20 keywords"),
        ({"keywords": ["x" * 61]}, "keywords", "longer than 60 characters"),
        ({"actions": ["isf-police:z"]}, "actions", "No fund has this action type: isf-police:z"),
        ({"languages": ["xx"]}, "languages", "No official language of the Union: xx"),
        ({"most": 0}, "most", "a number from 1 to 999"),
        ({"most": 1000}, "most", "a number from 1 to 999"),
        ({"absences": ["next week"]}, "absences", "Write an absence as"),
        ({"absences": ["2026-02-30/2026-03-01"]}, "absences", "Write an absence as"),
        ({"absences": ["2026-03-02/2026-03-01"]}, "absences", "last day of an absence lies before"),
        ({"absences": ["2026-03-01/2026-03-05", "2026-03-05/2026-03-07"]}, "absences", "Two absences overlap"),
        ({"absences": [f"2026-03-{n:02}/2026-03-{n:02}" for n in range(1, MOST_ABSENCES + 2)]}, "absences",
         "at most 5 absences"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_and_nothing_is_kept(said, gap, sentence):
    with pytest.raises(Incomplete) as refusal:
        an_entry(**said)

    assert sentence in refusal.value.gaps[gap]
    assert not RegisterEntry.objects.exists()


def test_everything_wrong_is_named_at_once():
    with pytest.raises(Incomplete) as refusal:
        an_entry(languages=["xx"], most=0)

    assert refusal.value.gaps.keys() == {"languages", "most"}


def test_absences_stand_in_their_order_and_are_told_as_days():
    entry = an_entry(absences=["2026-12-20/2027-01-06", "2026-03-01/2026-03-02"])

    assert entry.absences == ["2026-03-01/2026-03-02", "2026-12-20/2027-01-06"]
    assert in_words(entry.absences, since=date(2026, 3, 3)) == ["20 December 2026 – 6 January 2027"]
    assert len(in_words(entry.absences, since=date(2026, 3, 2))) == 2


def test_who_reads_an_entry():
    hers = an_evaluator()
    entry = an_entry(hers, most=3)
    seen = {
        person.role: RegisterEntry.objects.visible_to(person).filter(pk=entry.pk).exists()
        for person in (
            hers, an_officer(), an_authorising_officer(), an_auditor(), a_national_auditor(), an_applicant()
        )
    }  # fmt: skip

    assert seen == {
        "EVALUATOR": True, "OFFICER": True, "AUTHORISING": True, "AUDITOR": True, "NAT_AUDITOR": False,
        "APPLICANT": False,
    }  # fmt: skip
    assert not RegisterEntry.objects.visible_to(an_evaluator()).exists()
