"""Rows to measure on: many applications of one opened call, copied in the database from one made by the acts."""

from django.db import connection

from applications.models import Application
from applications.states import ApplicationStatus
from programmes.states import CallStatus
from tests.applications.factories import a_submitted
from tests.factories import a_call, an_officer


def an_opened_call(count):
    """A closed call with `count` submitted applications under check; gives (call, officer)."""
    call = a_call()
    one = a_submitted(call=call)
    type(call).objects.filter(pk=call.pk).update(status=CallStatus.CHECKING)
    Application.objects.filter(pk=one.pk).update(status=ApplicationStatus.CHECKING)
    columns = [field.column for field in Application._meta.concrete_fields if field.column not in {"id", "reference"}]
    named = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO applications_application (id, reference, {named}) '  # noqa: S608 - our own column names
            f"SELECT gen_random_uuid(), 'BENCH-' || n, {named} "
            "FROM applications_application, generate_series(2, %s) AS n WHERE id = %s",
            [count, str(one.pk)],
        )  # fmt: skip
        cursor.execute("ANALYZE applications_application")
    return call, an_officer()
