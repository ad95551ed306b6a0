"""What a running installation holds comes through the migrations, there and back."""

import pytest
from django.db import connection

from applications.models import Application
from programmes.form_parts import USUAL, form_of
from programmes.models import Call
from tests.applications.factories import a_draft
from tests.factories import OPENS, a_call, an_officer
from tests.migrations import migrate

BEFORE = [("programmes", "0001_initial")]


@pytest.fixture
def house_of_before(transactional_db):
    """Calls and applications as they stood before forms were data; afterwards the house stands as today."""
    published, draft = a_call(), a_call(status="DRAFT", published_at=None)
    application = a_draft(call=published)
    migrate(*BEFORE)
    yield published, draft, application
    migrate()


def columns():
    with connection.cursor() as cursor:
        return {one.name for one in connection.introspection.get_table_description(cursor, Call._meta.db_table)}


@pytest.mark.slow
def test_every_call_asks_for_what_it_asked_before(house_of_before):
    published, draft, application = house_of_before
    assert "parts" not in columns()
    migrate()
    for call in (published, draft):
        assert Call.objects.get(pk=call.pk).parts == form_of(USUAL)
    assert Application.objects.get(pk=application.pk).call.parts == form_of(USUAL)


@pytest.mark.slow
def test_a_corrigendum_of_one_person_stands_and_what_only_waited_is_gone_on_the_way_back(transactional_db):
    call = a_call()
    call.corrigenda.create(number=1, published_at=OPENS, reason="R", changes={})
    call.corrigenda.create(proposed_by=an_officer(), proposed_at=OPENS, reason="Waits", changes={})
    try:
        then = migrate(("programmes", "0010_lists_from_indexes"))
        (kept,) = then.get_model("programmes", "Corrigendum").objects.all()
        assert (kept.number, kept.reason) == (1, "R")
    finally:
        migrate()
    published = Call.objects.get().published_corrigenda.get()
    assert (published.number, published.proposed_by, published.published_by) == (1, None, None)
