"""Samples: fixed before they are drawn, drawn again by anybody, in exact proportions, refused where they cannot be."""

import csv
import io
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from audit.models import AuditRecord, Checkpoint
from core.errors import Incomplete, NotAllowed, WrongState
from reports.actions import draw_sample
from reports.catalogue import REPORTS
from reports.models import ReportFile
from reports.sampling import AMOUNT, COLUMN, NUMBER, drawn_from, seed_of, shares_of, units_of
from tests.factories import a_national_auditor, an_auditor, an_officer
from tests.reports.factories import bytes_of
from tests.samples import a_population, announced, drawn
from tools import draw_sample as script

SCRIPT = Path(__file__).parents[2] / "tools" / "draw_sample.py"
BOUNDS = [Decimal("250000.00"), Decimal("500000.00")]

units = st.tuples(
    st.sampled_from(["AT", "EL", "FR", "PL"]), st.sampled_from(["decided", "excluded"]),
    st.one_of(st.just(""), st.decimals(0, 900_000, places=2).map(str)), st.integers(1, 3),
)  # fmt: skip
populations = st.lists(units, min_size=1, max_size=40)


def as_csv(population):
    """One row for each partner; the amount stands in the first one's alone."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([NUMBER, COLUMN["MEMBER_STATE"], COLUMN["STATUS"], AMOUNT])
    for place, (state, status, amount, partners) in enumerate(population):
        for partner in range(partners):
            writer.writerow([f"ISFP-{place:04}", state, status, "" if partner else amount])
    return ("\ufeff" + text.getvalue()).encode()


@given(populations, st.data(), st.sampled_from(["", *COLUMN]), st.text(max_size=20))
def test_the_script_draws_what_the_house_draws(tmp_path_factory, population, data, by, phrase):
    content, size = as_csv(population), data.draw(st.integers(1, len(population)))
    path = tmp_path_factory.getbasetemp() / "population.csv"
    path.write_bytes(content)
    seed, bounds = seed_of(phrase, "0" * 64), BOUNDS if by == "AMOUNT" else []
    found = units_of(content, by, bounds)
    sample = drawn_from(found, seed=seed, size=size)
    rows, _digest = script.read(path)
    again = script.draw(rows, size, seed, by.lower(), bounds)
    assert [(one.number, one.stratum) for one in sample] == [line[:2] for line in again]
    assert sample == drawn_from(list(reversed(found)), seed=seed, size=size), "the order of the file decides nothing"
    exact(found, sample, size)


def exact(population, sample, size):
    """As many as were asked for; of each stratum its share but for less than one."""
    assert len(sample) == size == len({one.number for one in sample})
    counts, shares = (Counter(one.stratum for one in those) for those in (population, sample))
    for name, count in counts.items():
        assert abs(Decimal(size * count) / len(population) - shares[name]) < 1
    assert sum(shares_of(population, size).values()) == size


@pytest.mark.parametrize(
    ("counts", "size", "shares"),
    [
        ({"A": 50, "B": 30, "C": 20}, 10, {"A": 5, "B": 3, "C": 2}),
        ({"A": 1, "B": 1, "C": 1}, 2, {"A": 1, "B": 1, "C": 0}),  # of equal remainders the first by name
        ({"A": 7, "B": 2, "C": 1}, 4, {"A": 3, "B": 1, "C": 0}),  # 2.8, 0.8, 0.4
    ],
)
def test_the_size_is_shared_by_the_largest_remainder(counts, size, shares):
    rows = [(name, "x", "", 1) for name, count in counts.items() for _one in range(count)]
    assert shares_of(units_of(as_csv(rows), "MEMBER_STATE"), size) == shares


@pytest.mark.django_db
def test_the_columns_are_those_of_the_report():
    labels = {str(column.label) for column in REPORTS["population"].columns}
    assert {NUMBER, AMOUNT, *COLUMN.values(), *script.HEADS.values(), "Applicant"} <= labels


@pytest.fixture
def auditor():
    return an_auditor()


@pytest.fixture
def population(decided, auditor):
    return a_population(decided.call, by=auditor)


@pytest.mark.django_db
def test_it_is_announced_then_drawn_with_a_seed_that_nobody_could_choose(population, auditor, tmp_path):
    sample = announced(population, by=auditor)
    assert (sample.numbers, sample.seed, sample.population_sha256) == ([], "", population.sha256)
    with pytest.raises(WrongState, match="not made yet"):
        draw_sample(sample, by=auditor)
    sample = drawn(sample)
    told = AuditRecord.objects.of_chain(sample.chain).first()
    head = Checkpoint.objects.holding(told.hash).get()
    assert told.changes["population_sha256"][1] == population.sha256
    assert (sample.checkpoint, sample.root, sample.seed) == (head.size, head.root, seed_of("A grey heron", head.root))
    with pytest.raises(WrongState):
        draw_sample(sample, by=auditor)
    (tmp_path / "p.csv").write_bytes(bytes_of(population))
    command = [sys.executable, "-I", SCRIPT, tmp_path / "p.csv", "2", "--phrase", "A grey heron", "--root", head.root]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert [line.split(",")[0] for line in said.stdout.splitlines()[1:]] == sample.numbers
    assert population.sha256 in said.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("size", [0, -1, 10_000, None])
def test_an_odd_size_is_refused_with_how_many_there_are(population, auditor, size):
    with pytest.raises(Incomplete) as refusal:
        announced(population, by=auditor, size=size)
    assert "Choose a size from 1 to 5" in str(refusal.value.gaps["size"])


@pytest.mark.django_db
def test_what_is_no_population_of_ones_own_is_refused(decided, population, auditor):
    other = ReportFile.objects.create(
        report="checks", form="csv", status="DRAWN", asked_by=auditor, asked_at=population.asked_at, path="x",
        sha256="0" * 64, about={},
    )  # fmt: skip
    for file, by in ((other, auditor), (population, an_auditor())):
        with pytest.raises(Incomplete) as refusal:
            announced(file, by=by)
        assert "R39" in str(refusal.value.gaps["file"])
    with pytest.raises(Incomplete) as refusal:
        announced(population, by=auditor, strata="AMOUNT", bounds=[Decimal(2), Decimal(1)])
    assert "each above the one before" in str(refusal.value.gaps["bounds"])
    with pytest.raises(Incomplete) as refusal:
        announced(population, by=auditor, strata="WEATHER")
    assert "strata" in refusal.value.gaps


@pytest.mark.django_db
def test_it_is_its_auditors_alone(client, population, auditor):
    sample = announced(population, by=auditor)
    for person in (an_auditor(), a_national_auditor(), an_officer()):
        client.force_login(person)
        assert client.get(sample.get_absolute_url()).status_code == 404
        with pytest.raises(NotAllowed):
            draw_sample(sample, by=person)
    client.force_login(an_officer())
    assert client.get(reverse("samples")).status_code == 404


@pytest.mark.django_db
def test_announced_drawn_and_taken_away_from_the_pages(client, population, auditor):
    client.force_login(auditor)
    said = {"file": population.pk, "size": "9999", "strata": "AMOUNT", "bounds": "250 000; 500 000", "phrase": "Herons"}
    refused = client.post(reverse("samples"), said)
    assert refused.status_code == 400
    assert "Choose a size from 1 to" in refused.text
    page = client.post(reverse("samples"), said | {"size": "3"}, follow=True)
    sample = page.context["sample"]
    assert page.context["steps"]
    assert client.get(reverse("sample_file", args=[sample.pk])).status_code == 404, "nothing is drawn yet"
    early = client.post(f"{sample.get_absolute_url()}draw/", {"stamp": sample.stamp})
    assert early.status_code == 409
    sample = drawn(sample)
    page = client.get(sample.get_absolute_url())
    assert all(number in page.text for number in sample.numbers)
    assert sum(share for _name, _all, share in page.context["strata"]) == 3
    assert "Evidence pack of the sample" in page.text
    address = reverse("sample_file", args=[sample.pk])
    taken = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    assert [one["Number"] for one in csv.DictReader(io.StringIO(taken))] == sample.numbers
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(client.get(address, {"form": "xlsx"}).streaming_content)))
    assert dict(book.get_sheet_by_name("Source").to_python())["Seed"] == sample.seed
    assert AuditRecord.objects.filter(act="download", actor_id=str(auditor.pk)).count() == 2
