"""The pool and the conflicts of a call at a real browser, wide and narrow, without a violation."""

from datetime import date

import pytest
from django.urls import reverse

from evaluation.actions import accept_invitation, invite_people, keep_entry, rule
from evaluation.actions.pool import Reference
from tests.evaluation.test_in_browser import a_rich_application, a_rich_call, browse, see  # noqa: F401 - a fixture
from tests.factories import an_evaluator, an_officer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]
TERMS = Reference("Six proposals on cross-border police cooperation, by two people each.", date(2099, 1, 1), most=6)


def test_the_pages_of_the_office_and_of_the_invited(browse):  # noqa: F811
    call, officer = a_rich_call(), an_officer()
    application = a_rich_application(call)
    ana, ben, cleo = (an_evaluator(name=name) for name in ("Dr. Ana Horvat", "Bertrand Claessens", "Cléo Martin"))
    own = an_evaluator(name="Zsófia Bánki", organisation=application.applicant)
    keep_entry(by=ana, said={"languages": ["fr", "de"], "absences": ["2020-01-01/2098-01-01"]})
    accepted, waiting, *_rest = invite_people(call, [ana, ben, own], by=officer, terms=TERMS)
    accept_invitation(accepted, by=ana)
    rule(application, own, by=officer, verdict="pin", reason="Head of the unit that will carry it out.")

    looking = browse(officer)
    for name, address in {
        "pool": reverse("pool", args=[call.pk]),
        "pool_choose": reverse("pool_choose", args=[call.pk]),
        "pool_invite": f"{reverse('pool_invite', args=[call.pk])}?people={cleo.pk}",
        "pool_member": accepted.get_absolute_url(),
        "conflicts": reverse("conflicts", args=[call.pk]),
        "rule": reverse("rule_on_conflict", args=[application.pk, own.pk]),
    }.items():
        assert see(looking, address, name) == [], name

    looking = browse(ben)
    for name, address in {
        "desk": reverse("desk"),
        "pool_mine": waiting.get_absolute_url(),
        "pool_decline": reverse("pool_decline", args=[waiting.pk]),
    }.items():
        assert see(looking, address, name) == [], name
