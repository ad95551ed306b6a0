"""ISF-2023-TF2-AG-OC, open now, and a call that an officer still prepares."""

from datetime import timedelta

from core import clock
from demo import calls
from demo.moments import today
from demo.people import applicant_of, invite
from demo.proposals import hand_in
from demo.tables import call_said, proposals

KEY, IN_PREPARATION = "organised_crime", "worship"


def chapters(only):
    """Each proposal is a chapter of its own: nobody waits for this call to close."""
    return {"published": lambda call: calls.publish(call_said(KEY), day=today())} | {
        one["acronym"]: applied_for(one) for one in sorted(proposals(KEY, only), key=lambda one: one.get("sent_in", 0))
    }


def applied_for(said):
    def chapter(call):
        day = today()
        hand_in(said, call, day=day, latest=clock.now() - timedelta(days=1))
        if said["acronym"] == "COLDCHAIN":
            invite(applicant_of(said))

    return chapter


def chapters_of_preparation():
    return {"in preparation": lambda call: calls.prepare(call_said(IN_PREPARATION), day=today(), at=clock.now())}
