"""A call under evaluation of any size, for measuring. People and the call by their acts; the applications together.

An application's way from draft to eligible is a receipt with a paper and a dozen mails: two thousand of them would take
an hour and measure something else. So they are inserted as they stand then, by a clock that says so on each chain; the
database's own rules and versions hold for them as for any.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.test import override_settings

from accounts.member_states import MEMBER_STATES
from accounts.models import Organisation, User
from applications.models import Application, Partner
from audit.record import record_all
from core import clock
from demo.calls import publish
from demo.moments import today
from demo.people import QuickHasher, appoint, officer, register_with
from demo.tables import call_said, people
from evaluation.actions import carry_out_batch, confirm_batch, propose_distribution
from evaluation.actions.proposing import Terms
from programmes.actions import open_applications, start_evaluation
from programmes.models import Call

HOUSES = 40
AT_ONCE = 1000


@dataclass(frozen=True)
class Size:
    proposals: int
    evaluators: int
    each: int

    def __str__(self):
        return f"{self.proposals}X{self.evaluators}X{self.each}"


@override_settings(PASSWORD_HASHERS=[f"{QuickHasher.__module__}.{QuickHasher.__name__}"])
def load(size, *, say):
    """The call of this size, made when it is not there yet."""
    found = Call.objects.filter(reference=f"SCALE-{size}").first()
    if found:
        say(f"{found} is there already.")
        return found
    with transaction.atomic():
        bring_in(size)
        call = an_opened_call(size)
        insert_applications(call, size)
        start_evaluation(call, by=officer(), at=call.opened_from + timedelta(days=20))
    say(f"{call}: {size.proposals} applications, {size.evaluators} evaluators.")
    return call


def bring_in(size):
    known = set(User.objects.values_list("email", flat=True))
    told = {one["email"]: one for one in people()}
    like = told["evaluator@home.example.eu"]
    officers = [said for email, said in told.items() if "officer@" in email]
    for said in [*officers, *(like | evaluator(place) for place in range(size.evaluators))]:
        if said["email"] not in known:
            appoint(said)
    for place in range(HOUSES):
        if f"authority{place}@scale.example.eu" not in known:
            register_with(authority(place), f"authority{place}@scale.example.eu", f"Speaker {place}")


def evaluator(place):
    state = sorted(MEMBER_STATES)[place % len(MEMBER_STATES)]
    return {
        "email": f"evaluator{place}@scale.example.eu", "name": f"Evaluator {place:03d}",
        "entity": f"EXPERTS.{place % 50}", "state": state,
    }  # fmt: skip


def authority(place):
    state = sorted(MEMBER_STATES)[place % len(MEMBER_STATES)]
    return Organisation(
        name=f"Authority {place}", member_state=state, kind="LAW", registration_number=f"SCALE{place}", address="–"
    )


def an_opened_call(size):
    """At the dates of a call that is over: nobody has applied."""
    said = call_said("protect") | {"reference": f"SCALE-{size}", "evaluators_wanted": size.each}
    call = publish(said, day=today())
    open_applications(call, by=User.objects.clock(), at=call.opened_from)
    call.refresh_from_db()
    return call


def insert_applications(call, size):
    at, by = clock.now(), User.objects.clock()
    houses = list(Organisation.objects.filter(registration_number__startswith="SCALE").order_by("pk"))
    rows = [application(call, houses[place % len(houses)], place) for place in range(size.proposals)]
    Application.objects.bulk_create(rows, batch_size=AT_ONCE)
    Partner.objects.bulk_create(
        [partner for place, row in enumerate(rows) for partner in partners(row, houses[(place * 7 + 3) % len(houses)])],
        batch_size=AT_ONCE,
    )
    told = [("application.load_scale", row, {}, ("", row.status)) for row in rows]
    record_all(told, by=by, at=at, reason="Made for measuring, not submitted by anybody.")


def application(call, house, place):
    return Application(
        call=call, applicant=house, status="ELIGIBLE", reference=f"{call.reference}-{place + 1:04d}",
        acronym=f"S{place + 1}", title=f"Measured network {place + 1}", summary="A network of analysts.",
        description="Needs, activities and results. " * 300, requested=Decimal(300_000), months=24, versions=1,
        edited_at=call.closes_at, submitted_at=call.closes_at - timedelta(seconds=place + 1),
    )  # fmt: skip


def partners(row, other):
    own = {"application": row, "kind": "LAW"}
    yield Partner(**own, name=row.applicant.name, country=row.applicant.member_state, is_coordinator=True)
    yield Partner(**own, name=other.name, country=other.member_state, organisation=other, order=1)


def assign_all(call, size):
    """As an officer would: proposed, confirmed, made. Gives the batch."""
    batch = propose_distribution(call, by=officer(), terms=Terms(size.each))
    confirm_batch(batch, by=officer())
    return carry_out_batch(batch, by=User.objects.clock())
