"""The life of an application and the pages of packs at a real browser, wide and narrow, without a violation."""

import pytest
from django.urls import reverse

from reports.actions import ask_for_pack
from reports.models import Pack
from reports.packs import make_pack
from tests.evaluation.test_in_browser import browse, see  # noqa: F401 - a fixture
from tests.factories import an_auditor
from tests.reports.factories import a_decided_call

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]


def test_the_life_and_the_packs(browse):  # noqa: F811
    auditor, made = an_auditor(), a_decided_call()
    number = made.entries[1].reference
    ready, waiting = (
        ask_for_pack(Pack(call=made.call, numbers=[number], left_out=[*left_out]), by=auditor)
        for left_out in ((), ("people",))
    )
    make_pack(ready)
    looking = browse(auditor)
    for name, address in {
        "life": reverse("application_life", args=[made.entries[1].pk]),
        "packs": f"{reverse('packs')}?call={made.call.pk}&numbers={number}",
        "pack_made": ready.get_absolute_url(),
        "pack_waiting": waiting.get_absolute_url(),
    }.items():
        assert see(looking, address, name) == [], name
