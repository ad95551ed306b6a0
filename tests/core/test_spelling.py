"""How names are searched and in which order they stand, in Python and in the database alike."""

import pytest
from django.db import connection
from django.db.models import Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Organisation
from core.spelling import Folded, InOrder, folded
from tests.cases import orders, searches
from tests.factories import an_organisation

pytestmark = pytest.mark.django_db
LETTERS = st.characters(min_codepoint=0x20, max_codepoint=0x2122, exclude_categories=["Cs", "Cc", "Cn"])


@pytest.mark.parametrize(("typed", "name"), searches())
def test_what_people_type_finds_the_name(typed, name):
    assert folded(typed) in folded(name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ceska", "Česká policie"), ("ΑΣΤΥΝΌΜΟΣ", "αστυνόμος"), ("ΣΤΡΑΣΣΕ", "στρασσε"), ("oeuvre", "Œuvre"),
        ("thorsmork", "Þórsmörk"), ("rigas pasvaldibas", "Rīgas pašvaldības"), ("zazolc", "Zażółć"),
        ("o'neill", "O’Neill"), ("oneill", "O'Neill"), ("e-mail", "E‑mail"), ("полиция", "ПОЛИЦИЯ"),
    ],
)  # fmt: skip
def test_and_others_of_the_kind(typed, name):
    assert folded(typed) in folded(name)


def test_what_is_another_word_is_not_found():
    assert folded("Straza") not in folded("Straße")
    assert folded("αστυνομος") not in folded("Αστυνομία")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(LETTERS, max_size=40))
def test_the_database_spells_as_we_do(words):
    with connection.cursor() as cursor:
        cursor.execute("SELECT folded(%s)", [words])
        assert cursor.fetchone() == (folded(words),)


@pytest.mark.parametrize("names", orders(), ids=lambda names: names[0])
def test_names_stand_in_the_order_of_their_letters(names):
    for name in reversed(names):
        an_organisation(name=name)
    assert list(Organisation.objects.order_by(InOrder("name")).values_list("name", flat=True)) == names


def test_capitals_and_accents_decide_only_between_equal_letters():
    names = ["Álvarez", "alvarez", "Alvarez", "Alvarezz", "alvares"]
    for name in names:
        an_organisation(name=name, state="ES", latin_name=name) if name != "alvarez" else an_organisation(
            name=name, state="PT"
        )
    found = list(Organisation.objects.order_by(InOrder("name")).values_list("name", flat=True))
    assert found == ["alvares", "Alvarez", "alvarez", "Álvarez", "Alvarezz"]


def test_a_name_is_spelt_in_a_query():
    an_organisation()
    assert Organisation.objects.annotate(one=Folded(Value("ŁÓDŹ"))).get().one == "lodz"
