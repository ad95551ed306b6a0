"""Very many rows of every kind, made in the database from one of each that the acts made.

Triggers rest meanwhile: what they write (versions, the keys of lists) is written here where a list needs it.
`manage.py shell` on a scratch database: `from benchmarks.scale import many_rows; many_rows(1_000_000)`.
"""

from contextlib import contextmanager

from django.db import connection, transaction

from accounts.models import Organisation
from audit.looks import note
from audit.models import AuditRecord, Look
from awards.models import Letter
from evaluation.models import Assessment, Consensus, RankedEntry
from programmes.models import Round
from promises.models import Promise
from tests.awards.factories import an_issued_decision
from tests.factories import a_user

CALLS, ORGANISATIONS, PEOPLE = 200, 1040, 2000
STATES = "('{AT,BE,BG,CY,CZ,DE,DK,EE,EL,ES,FI,FR,HR,HU,IE,IT,LT,LU,LV,MT,NL,PL,PT,RO,SE,SI,SK}'::text[])[1 + n % 27]"
NAMES = (
    "('{Österreichische Polizei,Ελληνική Αστυνομία,Główna Komenda,Полиция,Åland Police,Straßenpolizei}'::text[])"
    "[1 + n % 6] || ' ' || n"
)
LIVES = "('{DECIDED,RANKED,EVALUATION,CHECKING}'::text[])[1 + (n - 1) / 50]"
STATUS = (
    "CASE WHEN c_status = 'CHECKING' THEN 'CHECKING' WHEN n % 20 = 0 THEN 'INELIGIBLE'"
    " WHEN c_status = 'EVALUATION' THEN 'ELIGIBLE' ELSE 'EVALUATED' END"
)
WORDS = (
    "lower(c_name || '-' || n || ' ' || md5(n::text) || ' forensische datenbank ') || 'austria' || n % 97"
    " || CASE WHEN n % 50000 = 7 THEN ' seldom' ELSE '' END"
)
SCALE_CALLS = (
    "(SELECT id AS c_id, reference AS c_name, status AS c_status, row_number() OVER (ORDER BY reference) AS c_place"
    " FROM programmes_call WHERE reference LIKE 'SCALE-%') c"
)
SCALE_HOUSES = (
    "(SELECT id AS o_id, name AS o_name, member_state AS o_state, row_number() OVER (ORDER BY id) AS o_place"
    " FROM accounts_organisation WHERE address = 'scale') o"
)
SCALE_PEOPLE = (
    "(SELECT id AS u_id, row_number() OVER (ORDER BY email) - 1 AS u_place FROM accounts_user"
    " WHERE email LIKE 'scale%' LIMIT 77) u"
)
SCALE_APPLICATIONS = """
    (SELECT a.id AS a_id, a.reference AS a_name, a.status AS a_status, c.c_id, c.c_name, c.c_status, r.id AS r_id,
        row_number() OVER () AS n
    FROM applications_application a JOIN {calls} ON c_id = a.call_id JOIN programmes_round r ON r.call_id = c_id) a
""".replace("{calls}", SCALE_CALLS)


def many_rows(count):
    """`count` applications of 200 calls, with what follows of each; as many promises and records."""
    decision = an_issued_decision()
    with triggers_at_rest(), transaction.atomic():
        make_people()
        make_calls(decision)
        make_applications(decision.lines.filter(outcome="AWARD").first().application, count)
        make_judgements()
        make_letters(decision)
        make_the_rest(count)


@contextmanager
def triggers_at_rest():
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")


def copied(row, source, **values):
    """One more copy of the row for each row of `source`; `values` say by column what is different. Both are SQL."""
    columns = [field.column for field in row._meta.concrete_fields if not field.generated]
    given = {"id": "gen_random_uuid()", **values}
    chosen = ", ".join(given.get(column, f't."{column}"') for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({named}) SELECT {chosen} FROM "{table}" t, {source}'  # noqa: S608 - our own words
            f" WHERE t.{row._meta.pk.column} = '{row.pk}'"
        )


def numbers(count):
    return f"generate_series(1, {count}) n"


def make_people():
    copied(
        Organisation.objects.order_by("pk").first(), numbers(ORGANISATIONS), name=NAMES, member_state=STATES,
        registration_number="'R' || n", vat_number="''", latin_name="''", address="'scale'",
    )  # fmt: skip
    person = a_user("OFFICER", entity="HOME.E.1")
    copied(person, numbers(PEOPLE), email="'scale' || n || '@example.eu'", name="'Željka Ivić ' || n")
    everybody = SCALE_PEOPLE.replace("LIMIT 77", "")
    copied(person.memberships.get(), everybody, person_id="u_id", role="'EVALUATOR'")


def make_calls(decision):
    call = decision.call
    copied(
        call, numbers(CALLS), reference="'SCALE-' || lpad(n::text, 4, '0')", title="'Δίκτυο ' || n", status=LIVES,
        closes_at="t.closes_at + n * interval '1 day'",
    )  # fmt: skip
    copied(Round.objects.get(call=call), SCALE_CALLS, call_id="c_id")
    copied(decision, SCALE_CALLS, call_id="c_id", number="'D-' || c_name")


def make_applications(application, count):
    """Those of a call stand together in time, as they do in life; those of an applicant do not."""
    calls = f"JOIN {SCALE_CALLS} ON c_place = 1 + (n - 1)::bigint * {CALLS} / {count}"
    houses = f"JOIN {SCALE_HOUSES} ON o_place = 1 + n::bigint * 7919 % {ORGANISATIONS}"
    copied(
        application, f"{numbers(count)} {calls} {houses}", call_id="c_id", applicant_id="o_id", status=STATUS,
        reference="c_name || '-' || lpad(n::text, 7, '0')", acronym="upper(substr(md5(n::text), 1, 6))",
        title="'Forensische Datenbank ' || md5(n::text)", requested="(n::bigint * 7907 % 900000)::numeric",
        submitted_at="t.submitted_at + n * interval '1 second'", edited_at="t.edited_at + n * interval '1 second'",
        member_state="o_state", applicant_key="in_order(o_name)",
        acronym_key="in_order(upper(substr(md5(n::text), 1, 6)))", search_text=WORDS,
    )  # fmt: skip


def make_judgements():
    judged = f"{SCALE_APPLICATIONS} JOIN {SCALE_PEOPLE} ON u_place = n % 77"
    copied(
        Assessment.objects.filter(status="SIGNED").first(), judged, application_id="a_id", round_id="r_id",
        evaluator_id="u_id", due_at="t.due_at + n * interval '1 second'",
        status="CASE WHEN c_status = 'EVALUATION' AND n % 2 = 0 THEN 'OPEN' ELSE 'SIGNED' END",
    )  # fmt: skip
    reported = SCALE_APPLICATIONS.replace("ON r.call_id = c_id", "ON r.call_id = c_id WHERE a.status = 'EVALUATED'")
    copied(
        Consensus.objects.filter(status="APPROVED").first(), reported, application_id="a_id", round_id="r_id",
        total="(n * 7 % 10000)::numeric / 100",
    )  # fmt: skip
    first = SCALE_APPLICATIONS.replace("ON r.call_id = c_id", "ON r.call_id = c_id WHERE c_place = 1")
    copied(
        RankedEntry.objects.order_by("position").first(), first, application_id="a_id", position="1000 + n",
        rank="1000 + n",
        total="(n * 7 % 10000)::numeric / 100",
    )  # fmt: skip


def make_letters(decision):
    decided = f"{SCALE_APPLICATIONS} JOIN awards_decision d ON d.call_id = a.c_id"
    copied(
        Letter.objects.filter(decision=decision).first(), decided, id="gen_random_uuid()", application_id="a_id",
        decision_id="d.id", reference="a_name || '/L'", kind="('{AWARD,RESERVE,REJECTION}'::text[])[1 + n % 3]",
        replaces_id="NULL", written_at="t.written_at + n * interval '1 second'", facts="'{}'",
    )  # fmt: skip


def make_the_rest(count):
    copied(
        Promise.objects.order_by("pk").first(), numbers(count), subject_id="gen_random_uuid()", scope="'{}'",
        kind="('{receipt,letter,report}'::text[])[1 + n % 3]", subject_name="'SCALE-' || n || ' Željka'",
        status="CASE WHEN n % 1000 = 0 THEN 'FAILED' ELSE 'KEPT' END", kept_at="t.made_at",
        due_at="t.due_at + n * interval '1 second'",
    )  # fmt: skip
    note([{"kind": Look.Kind.VIEW, "status": 200}])
    copied(
        Look.objects.order_by("pk").last(), numbers(count), id="1000000 + n", at="t.at + n * interval '1 second'",
        kind="('{VIEW,FILE,VIEW,REFUSED,EXPORT,SIGN_IN}'::text[])[1 + n % 6]", mark="'scale-' || n",
        door="('{WEB,API}'::text[])[1 + n % 2]", person_id="(n % 300)::text", chain="'scale:' || n % 1000",
        member_state="('{AT,DE,EL,FR}'::text[])[1 + n % 4]",
    )  # fmt: skip
    copied(
        AuditRecord.objects.order_by("pk").last(), numbers(count), id="1000000 + n", chain="'call:scale-' || n",
        sequence="1", at="t.at + n * interval '1 second'", subject_name="'SCALE-' || n",
        act="('{application.edit,application.submit,call.publish,assessment.sign}'::text[])[1 + n % 4]",
        actor_name="('{Željka Ivić,Κωνσταντίνου,Luís Câmara}'::text[])[1 + n % 3]",
        actor_role="('{OFFICER,APPLICANT,EVALUATOR}'::text[])[1 + n % 3]",
        scope="jsonb_build_object('call', 'scale')",
    )  # fmt: skip
