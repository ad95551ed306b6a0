"""Reading the house as it was: the mechanism, on rows of every kind, as the application's own role too."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, InternalError, connection, transaction

from accounts.models import Organisation, User
from applications.lists import OpenedApplications
from applications.models import Application, Partner
from audit.history import tables_of_versions
from audit.models import AuditRecord, Beginning
from audit.record import record
from core import clock
from core.errors import Incomplete
from core.past import SETTLED, as_of, begins_at, require_past, rows_of_the_house
from programmes.models import Call, Fund
from promises.models import Mail, Promise
from tests.factories import NOON, a_call, a_national_auditor, an_applicant, an_officer, an_organisation
from tests.past import long_ago
from tests.reports.factories import an_application

pytestmark = pytest.mark.django_db


def test_a_row_is_read_as_it_was_and_stands_as_it_is_afterwards():
    organisation = an_organisation(name="Before")
    then = long_ago()
    Organisation.objects.filter(pk=organisation.pk).update(name="After")
    with as_of(then):
        assert Organisation.objects.get(pk=organisation.pk).name == "Before"
        assert not Organisation.objects.filter(name="After").exists()
    assert Organisation.objects.get(pk=organisation.pk).name == "After"


def test_a_row_that_came_later_was_not_there_and_one_that_went_was():
    application = an_application(a_call())
    gone = Partner.objects.create(application=application, name="Gone", country="FR", kind="LAW")
    then = long_ago()
    Partner.objects.create(application=application, name="New", country="FR", kind="LAW")
    gone.delete()
    with as_of(then):
        assert [one.name for one in application.partners.all()] == ["Gone"]
    assert [one.name for one in application.partners.all()] == ["New"]
    with as_of(then - timedelta(days=1)):
        assert not Partner.objects.exists()
        assert not Application.objects.exists()


def test_links_between_rows_have_a_past_too():
    call = a_call()
    application = an_application(call)
    application.actions.set(call.fund.passages.filter(kind="ACTION", code__in="ab"))
    then = long_ago()
    application.actions.set(call.fund.passages.filter(kind="ACTION", code="g"))
    call.objectives.clear()
    with as_of(then):
        old = Application.objects.prefetch_related("actions").get(pk=application.pk)
        assert sorted(one.code for one in old.actions.all()) == ["a", "b"]
        assert Call.objects.filter(objectives__code="A").exists()
    assert [one.code for one in application.actions.all()] == ["g"]


def test_the_fund_and_a_mail_have_a_past():
    fund = a_call().fund
    mail = Mail.objects.create(to="a@example.eu", subject="s", body="b", written_at=clock.now())
    then = long_ago()
    Fund.objects.filter(pk=fund.pk).update(short_name="Renamed")
    Mail.objects.filter(pk=mail.pk).update(sent_at=clock.now())
    with as_of(then):
        assert Fund.objects.get(pk=fund.pk).short_name == "ISF-Police"
        assert Mail.objects.get(pk=mail.pk).sent_at is None


def test_versions_of_later_are_not_there_either():
    """A report tells every change of a score; as of then only those of then."""
    organisation = an_organisation(name="One")
    then = long_ago()
    Organisation.objects.filter(pk=organisation.pk).update(name="Two")
    with as_of(then):
        assert [one.name for one in organisation.events.all()] == ["One"]


def test_the_trail_ends_at_the_moment_whatever_times_its_records_claim():
    call, officer = a_call(), an_officer()
    first = record("call.note", call, by=officer, at=clock.now())
    then = long_ago()
    record("call.note", call, by=officer, at=first.at - timedelta(days=400))
    with as_of(then):
        assert [one.pk for one in AuditRecord.objects.of_chain(call.chain)] == [first.pk]


def test_records_of_before_the_database_wrote_its_time_go_by_the_time_they_claim():
    last = record("call.note", a_call(), by=an_officer(), at=clock.now())
    long_ago()
    last.pk, last.sequence, last.format, last.written_at = None, 2, 1, None
    last.at -= timedelta(days=9)
    last.save(force_insert=True)
    with as_of(last.at):
        assert AuditRecord.objects.count() == 1


def test_secrets_are_no_part_of_the_past():
    user = an_officer()
    user.set_password("a long enough passphrase")
    user.save()
    with as_of(clock.now()):
        past = User.objects.get(pk=user.pk)
        assert (past.email, past.password) == (user.email, None)


def test_who_sees_what_is_asked_of_the_rows_of_then():
    """A list too: as of then the application was still a draft in a call not yet opened."""
    call = a_call()
    application = an_application(call, status="DRAFT", reference=None, submitted_at=None, versions=0)
    officer, national = an_officer(), a_national_auditor("EL")
    then = long_ago()
    Call.objects.filter(pk=call.pk).update(status="CHECKING")
    Application.objects.filter(pk=application.pk).update(
        status="CHECKING", reference="X-1", submitted_at=clock.now(), versions=1
    )
    for user in (officer, national):
        with as_of(then):
            assert not Application.objects.visible_to(user).exists()
            assert OpenedApplications(user, {}).load().objects == []
        assert Application.objects.visible_to(user).exists()
        assert len(OpenedApplications(user, {}).load().objects) == 1
    owner = an_applicant(application.applicant)
    with as_of(then):
        assert [one.reference for one in Application.objects.visible_to(owner)] == [None]


def test_a_membership_counts_at_the_moment_that_is_read():
    """One has ended since, one has begun since, in dates that stood in both rows at that moment."""
    now = clock.now()
    ended, begun = an_officer(), an_officer()
    ended.memberships.update(until_at=now)
    begun.memberships.update(from_at=now)
    then = long_ago()
    with as_of(then):
        assert ended.memberships.in_force().exists()
        assert not begun.memberships.in_force().exists()
    assert not ended.memberships.in_force().exists()
    assert begun.memberships.in_force().exists()


def test_nothing_can_be_written_into_the_past():
    organisation = an_organisation()
    with as_of(clock.now()):
        for write in (
            lambda: Organisation.objects.filter(pk=organisation.pk).update(name="x"),
            lambda: AuditRecord.objects.create(format=2, at=clock.now(), sequence=1),
            lambda: Promise.objects.create(kind="x", subject_id=organisation.pk, due_at=clock.now()),
        ):
            with pytest.raises((InternalError, DatabaseError)), transaction.atomic():
                write()
    organisation.name = "Written"
    organisation.save()
    assert Organisation.objects.get(pk=organisation.pk).name == "Written"


def test_the_views_are_gone_however_the_reading_ended():
    organisation = an_organisation(name="Now")
    with pytest.raises(ZeroDivisionError), as_of(clock.now() - timedelta(days=1)):
        1 / 0  # noqa: B018
    assert Organisation.objects.filter(pk=organisation.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_views WHERE schemaname LIKE 'pg_temp%'")
        assert cursor.fetchone() == (0,)


def test_a_past_within_a_past_is_refused_and_none_is_the_present():
    with as_of(clock.now()), pytest.raises(DatabaseError), transaction.atomic(), as_of(clock.now()):
        pass
    organisation = an_organisation()
    with as_of(None):
        organisation.name = "Written"
        organisation.save()


def test_the_number_of_statements_does_not_grow(django_assert_num_queries):
    """A savepoint and its end, the views, the lock against writing."""
    for _ in range(3):
        an_organisation()
        with django_assert_num_queries(7), as_of(NOON):
            pass


def test_the_application_reads_the_past_with_its_own_rights():
    organisation = an_organisation(name="Before")
    then = long_ago()
    Organisation.objects.filter(pk=organisation.pk).update(name="After")
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.DATABASE_APP_ROLE)}")
        with as_of(then):
            assert Organisation.objects.get(pk=organisation.pk).name == "Before"
        cursor.execute("RESET ROLE")


# what has a past

WITHOUT = {
    "promises.Promise": "what is owed now; when it was made and kept stands in the row itself",
    "promises.Notice": "told once or dropped; when it was noted, told or dropped stands in the row itself",
}


def test_every_business_row_keeps_versions_or_says_why_not():
    known = tables_of_versions()
    without = {model._meta.label for model in rows_of_the_house() if model not in known}
    assert without == set(WITHOUT)
    for model, versions in known.items():
        labels = {tracker.label for tracker in versions.pgh_trackers}
        assert {"insert", "delete"} <= labels, model
        assert "update" in labels or model._meta.auto_created, model


def test_a_row_without_versions_gives_no_answer_rather_than_todays():
    Promise.objects.create(kind="x", subject_id=an_officer().pk, due_at=clock.now(), made_at=clock.now())
    with as_of(clock.now()), pytest.raises(DatabaseError, match="no versions are kept"), transaction.atomic():
        list(Promise.objects.all())


def test_every_table_of_the_house_is_one_of_the_past():
    """A new app's rows are found by themselves."""
    assert {model._meta.app_label for model in rows_of_the_house()} >= {"accounts", "awards", "evaluation", "reports"}
    assert len(rows_of_the_house()) == len(set(rows_of_the_house()))
    assert not [model for model in rows_of_the_house() if model not in apps.get_models(include_auto_created=True)]


# from when on


def test_the_past_begins_with_the_first_version_and_is_settled_after_a_minute():
    an_organisation()
    then, now = long_ago(), clock.now()
    require_past(then, now)
    for moment, sentence in [
        (now + timedelta(days=1), "The past ends a minute ago"),
        (now - SETTLED / 2, "The past ends a minute ago"),
        (begins_at() - timedelta(seconds=1), "Nothing is known of what was before"),
    ]:
        with pytest.raises(Incomplete) as refused:
            require_past(moment, now)
        assert sentence in refused.value.gaps["at"]


def test_a_table_that_began_to_keep_versions_later_moves_the_beginning():
    an_organisation()
    then, now = long_ago(), clock.now()
    Beginning.objects.create(table="programmes_fund", at=now - timedelta(minutes=5))
    with pytest.raises(Incomplete):
        require_past(then, now)
    require_past(now - timedelta(minutes=4), now)
