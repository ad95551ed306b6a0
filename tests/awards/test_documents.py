"""What stands in a letter: everything facts.md §3.4 asks for, read back from the PDF itself."""

import subprocess
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from awards.documents import draw_letter
from awards.documents.letters import digest_of
from evaluation.models import Consensus, RankedEntry
from tests.awards.factories import a_ranked_call, an_issued_decision
from tests.factories import an_organisation

pytestmark = pytest.mark.django_db

NAMES = [
    ("AWARD", "EL", "Υπουργείο Προστασίας του Πολίτη", "Λεωφόρος Π. Κανελλοπούλου 4\n101 77 Αθήνα"),
    ("RESERVE", "BG", "Министерство на вътрешните работи", "ул. „6-ти септември“ № 29\n1000 София"),
    ("REJECTION", "MT", "Il-Pulizija ta’ Malta – Ħal Għaxaq, Żebbuġ, Ċirkewwa", "Triq Sant’ Imnarku\nIl-Furjana"),
    (
        "RESERVE",
        "CZ",
        "Policejní prezidium České republiky – Úřad služby kriminální policie",
        "Strojnická 27\n170 89 Praha 7",
    ),
]
LONG = ("Žluťoučký kůň <b>&amp; the applicant's plan</b>: évaluation, Πράξη, Щит. " * 80)[:4000]


def letters(**options):
    decision = an_issued_decision(a_ranked_call(**options))
    return {letter.kind: letter for letter in decision.letters.order_by("application__reference")}


def text_of(pdf):
    text = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return " ".join(text.decode().replace("\u00a0", " ").split())


EVERYWHERE = [
    "EUROPEAN COMMISSION",
    "Ελληνική Αστυνομία",
    "Αθήνα",
    "Greece",
    "Brussels, 2 April 2021",
    "Internal Security Fund - Police",
    "Test call",
    "of 1 April 2021",
    "Authorising officer, HOME.E",
    "SHA-256",
    "Page 1 /",
]
REPORT = [
    "Annex: Evaluation Summary Report",
    "REL · Relevance",
    "QUA · Quality",
    "IMP · Impact",
    "Clear aims, well tied to the needs of police cooperation.",
    "A sound proposal.",
    "Threshold",
    "25.00",
    "100.00",
    "70.00",
]
REDRESS = [
    "Means of redress (Article 133(2) of Regulation (EU, Euratom) 2018/1046)",
    "run from the day on which one of you confirms in the portal to have read this letter",
    "it counts as read 10 days after it was sent",
    "on 12 April 2021",
    "30 days from reading",
    "12 May 2021",
    "Article 263 of the Treaty on the Functioning of the European Union",
    "12 June 2021",
    "European Ombudsman",
    "12 April 2023",
]
NO_COMMITMENT = ["This letter is not a commitment to fund."]
TIMING = ["were issued on 2 April 2021, together with this one", "within 15 calendar days", "17 April 2021"]
OWN = {
    "AWARD": [
        "Invitation to prepare the grant agreement", "Maximum grant EUR 400 000.00", "90 % of total eligible costs",
        "EUR 444 444.44", "24 months", "Annex 1", "Annex 2", "by 2 May 2021", "by 2 July 2021",
        "Place 2 on the ranked list with 84.00 points", *REPORT, *NO_COMMITMENT,
    ],
    "RESERVE": [
        "Your application is on the reserve list", "Place on the ranked list 3",
        "Reserve list valid until 31 December 2021", "77.00", *REPORT, *NO_COMMITMENT, *REDRESS, *TIMING,
    ],
    "REJECTION": [
        "Your application was not selected", "Stage eligibility", "At least 2 Member States take part",
        "1 Member State: Greece", *REDRESS, *TIMING,
    ],
}  # fmt: skip


@pytest.mark.parametrize("kind", ["AWARD", "RESERVE", "REJECTION"])
def test_everything_the_law_asks_for_is_printed(kind):
    letter = letters(reserve_until=date(2021, 12, 31))[kind]
    text = text_of(draw_letter(letter.facts))
    application = letter.application
    own = [letter.reference, application.acronym, application.title, application.reference]
    assert [words for words in [*EVERYWHERE, *OWN[kind], *own] if words not in text] == []


def test_a_rejection_below_a_threshold_names_the_criterion_and_the_scores():
    decision = an_issued_decision(a_ranked_call(excluded=0))
    letter = decision.letters.get(kind="REJECTION")
    text = text_of(draw_letter(letter.facts))
    wanted = [
        "Stage below a threshold", "Criterion REL Relevance: 20 of 40 points, below its threshold of 25.",
        "71.00 of 100.00 points (overall threshold 70.00)", *REPORT, *REDRESS, *TIMING,
    ]  # fmt: skip
    assert [words for words in wanted if words not in text] == []


def test_an_award_in_full_needs_no_redress_a_reduced_one_does():
    assert "Means of redress" not in text_of(draw_letter(letters()["AWARD"].facts))
    reduced = text_of(draw_letter(letters(max_contribution=Decimal(300_000))["AWARD"].facts))
    wanted = ["Maximum grant EUR 300 000.00", "You had asked for EUR 400 000.00", *REDRESS]
    assert [words for words in wanted if words not in reduced] == []


@pytest.mark.parametrize(("kind", "state", "name", "address"), NAMES, ids=[name[1] for name in NAMES])
def test_names_and_long_comments_in_every_alphabet(kind, state, name, address):
    applicant = an_organisation(state, name=name, address=address)
    letter = letters(applicant=applicant, comment=LONG)[kind]
    pdf = draw_letter(letter.facts)
    text = text_of(pdf)
    lines = [name, *address.splitlines()]
    assert [line for line in lines if " ".join(line.split()) not in text] == []
    if letter.facts["report"]:
        assert "<b>&amp; the applicant's plan</b>" in text
        comment = letter.facts["report"]["criteria"][0]["comment"]
        assert " ".join(comment.split())[-60:] in text


def test_tags_language_title_and_standard():
    letter = letters()["RESERVE"]
    reader = PdfReader(BytesIO(draw_letter(letter.facts)))
    catalog = reader.trailer["/Root"]
    metadata = catalog["/Metadata"].get_data().decode()
    assert catalog["/Lang"] == "en"
    assert catalog["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "Your application is on the reserve list"
    assert 'part="3"' in metadata
    assert 'pdfuaid:part="1"' in metadata
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/P"} <= roles_of(catalog["/StructTreeRoot"])


def roles_of(node):
    node = node.get_object()
    if not isinstance(node, dict):
        return set()
    children = node.get("/K", [])
    children = children if isinstance(children, list) else [children]
    return {node.get("/S")}.union(*(roles_of(child) for child in children))


def test_the_same_facts_give_the_same_bytes_and_other_facts_others():
    facts = letters()["AWARD"].facts
    assert draw_letter(facts) == draw_letter(facts)
    assert draw_letter({**facts, "date": "2021-04-03"}) != draw_letter(facts)


def test_the_foot_bears_the_fingerprint_of_the_facts():
    letter = letters()["RESERVE"]
    letter.refresh_from_db()
    assert digest_of(letter.facts) in text_of(draw_letter(letter.facts)).replace(" ", "")


def test_a_letter_never_reads_a_row_again(django_assert_num_queries):
    facts = letters()["RESERVE"].facts
    with django_assert_num_queries(0):
        draw_letter(facts)


def test_weights_have_their_columns():
    call = a_ranked_call()
    call.criteria.filter(code="REL").update(weight=2)
    for entry in RankedEntry.objects.filter(ranked_list__call=call):
        total = sum(Decimal(entry.points[one.code]) * one.weight for one in call.criteria.all())
        RankedEntry.objects.filter(pk=entry.pk).update(total=total)
        Consensus.objects.filter(application=entry.application).update(total=total)
    decision = an_issued_decision(call)
    text = text_of(draw_letter(decision.letters.get(kind="RESERVE").facts))
    assert "Weight Weighted" in text
    assert "140.00" in text
    assert "66.00" in text
