"""What a running installation holds comes through the migrations, there and back."""

import pytest
from django.db import connection

from applications.models import Application
from programmes.form_parts import USUAL, form_of
from programmes.models import Call
from tests.applications.factories import a_draft
from tests.factories import a_call
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
