"""Rows for tests: no surprises, people named by what they are. What has a life comes from its acts elsewhere."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from zoneinfo import ZoneInfo

from accounts.models import Membership, Organisation, User
from accounts.roles import Role
from programmes.models import Call, Criterion, Fund, Passage, Round

BRUSSELS = ZoneInfo("Europe/Brussels")
OPENS = datetime(2020, 10, 1, 9, 0, tzinfo=BRUSSELS)
CLOSES = datetime(2021, 1, 21, 17, 0, tzinfo=BRUSSELS)
NOON = datetime(2020, 12, 1, 12, 0, tzinfo=BRUSSELS)  # while the call is open
AFTER = CLOSES + timedelta(hours=1)
PASSWORD = "a long enough passphrase"
LONG_AGO = datetime(2017, 9, 1, 9, 0, tzinfo=BRUSSELS)
STATES = ["AT", "BE", "BG", "CZ", "DE", "EE", "EL", "ES", "FR", "IT", "MT", "NL", "PL", "RO"]
_number = count(1)


def a_fund(**fields):
    fund, is_new = Fund.objects.get_or_create(
        code=fields.pop("code", "isf-police"),
        defaults={
            "name": "Internal Security Fund - Police", "short_name": "ISF-Police", "period": "2014-2020",
            "is_closed": True, "general_objective": "Security.", "envelope": Decimal("1004000000"),
            "legal": {"redress": "Article 133(2) of Regulation (EU, Euratom) 2018/1046"}, **fields,
        },
    )  # fmt: skip
    if is_new:
        for kind, codes in {"SO": "AB", "ACTION": "abcdefg"}.items():
            for order, code in enumerate(codes):
                Passage.objects.create(fund=fund, kind=kind, code=code, text=f"Text of {kind} {code}", order=order)
    return fund


def a_call(status="PUBLISHED", criteria=True, **fields):
    """A published call, open from OPENS to CLOSES, with three criteria (40 + 40 + 20, threshold 25 on the first)."""
    fund = fields.pop("fund", None) or a_fund()
    values = {
        "reference": f"ISFP-2020-AG-TEST{next(_number)}", "title": "Test call", "topic": "Police cooperation",
        "budget": Decimal("1000000"), "opens_at": OPENS, "closes_at": CLOSES, "published_at": OPENS,
        "eligible_states": STATES, "min_contribution": Decimal("250000"), "max_contribution": Decimal("900000"),
        "overall_threshold": Decimal(70), "tie_break": ["REL", "QUA", "TIME", "COMMITTEE"],
        "required_attachments": ["DESCRIPTION"],
    }  # fmt: skip
    if status == "CANCELLED":
        values |= {"cancelled_at": AFTER, "cancelled_because": "The budget was taken for an emergency."}
    call = Call.objects.create(fund=fund, status=status, **{**values, **fields})
    if status in {"EVALUATION", "RANKED", "DECIDED"}:
        Round.objects.create(call=call, ordinal=1, cause="INITIAL", opened_at=AFTER, opened_by=the_clock())
    call.objectives.set(fund.passages.filter(kind="SO"))
    call.actions.set(fund.passages.filter(kind="ACTION"))
    if criteria:
        for order, (code, title, maximum, threshold) in enumerate(
            [("REL", "Relevance", 40, 25), ("QUA", "Quality", 40, None), ("IMP", "Impact", 20, None)]
        ):
            Criterion.objects.create(
                call=call, code=code, title=title, maximum=maximum, threshold=threshold, order=order, step=1
            )  # fmt: skip
    return call


def an_organisation(state="EL", **fields):
    number = next(_number)
    values = {"name": f"Ελληνική Αστυνομία {number}", "kind": "LAW", "address": "Αθήνα", "member_state": state}
    return Organisation.objects.create(**{**values, **fields})


def a_user(role, *, is_active=True, organisation=None, entity="", member_state="", **fields):
    number = next(_number)
    values = {"email": f"{role.lower()}{number}@example.eu", "name": f"{Role(role).name.title()} {number}"}
    user = User(**{**values, **fields}, status="OPEN" if is_active else "CLOSED")
    user.set_unusable_password()
    user.save()
    return with_a_role(user, role, organisation=organisation, entity=entity, member_state=member_state)


def with_a_role(user, role, *, since=LONG_AGO, **fields):
    """One more role for this person; gives the person as it is now."""
    Membership.objects.create(person=user, role=role, from_at=since, status="GRANTED", **fields)
    user.refresh_from_db()
    return user


def now_only(user, role, **fields):
    """Somebody whose only role from now on is this one."""
    user.memberships.all().delete()
    return with_a_role(user, role, **fields)


def an_applicant(organisation=None, **fields):
    return a_user(Role.APPLICANT, organisation=organisation or an_organisation(), **fields)


def an_officer(**fields):
    return a_user(Role.OFFICER, entity="HOME.E.1", **fields)


def an_evaluator(state="", entity="HOME.D.2", **fields):
    return a_user(Role.EVALUATOR, entity=entity, member_state=state, **fields)


def an_authorising_officer(**fields):
    return a_user(Role.AUTHORISING, entity="HOME.E", **fields)


def an_auditor(**fields):
    return a_user(Role.AUDITOR, entity="ECA", **fields)


def a_national_auditor(state="EL", **fields):
    return a_user(Role.NATIONAL_AUDITOR, member_state=state, **fields)


def an_admin(**fields):
    return a_user(Role.ADMIN, **fields)


def the_clock():
    """The system user; put back where a test has emptied every table."""
    clock, is_new = User.objects.get_or_create(
        email="clock@localhost.localdomain", defaults={"name": "The clock", "password": "!"}
    )
    return with_a_role(clock, "SYSTEM") if is_new else clock


def everybody(owner):
    """One person of each kind, for golden tables; `owner` is the applicant's organisation."""
    return {
        "owner": an_applicant(owner),
        "stranger": an_applicant(),
        "officer": an_officer(),
        "evaluator": an_evaluator(),
        "authorising": an_authorising_officer(),
        "auditor": an_auditor(),
        "national": a_national_auditor(),
        "admin": an_admin(),
        "system": the_clock(),
    }


def golden_table(workflow, statuses, people, row_in):
    """The life of a row as text: `row_in(status)` gives a row in that status; one line for each, `-` where nothing."""
    rows = [["", *people]]
    for status in statuses:
        row = row_in(status)
        cells = [" ".join(s.name for s in workflow.open_to(user, row)) or "-" for user in people.values()]
        rows.append([str(status), *cells])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
