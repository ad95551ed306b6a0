"""What a call under evaluation still needs from its officers, counted over the next applications in its order."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from applications.models import Application
from evaluation.models import Assessment, Consensus
from evaluation.querysets import kept_from

LOOKED_AT = 200  # applications: more is not done in a day


@dataclass(frozen=True)
class Work:
    """How many applications are short of evaluators, how many assessments late, how many applications ready for their
    rapporteur; `and_more`: there are more applications than were looked at."""

    short: int
    late: int
    ready: int
    and_more: bool


def work_on(call, user, *, at):
    """As far as this person may see it, of the applications without a consensus report; one set aside is none."""
    ids = list(unreported(call, user).values_list("pk", flat=True)[: LOOKED_AT + 1])
    looked_at = ids[:LOOKED_AT]
    found = list(progress(looked_at, user, at=at))
    enough = [one for one in found if one["counting"] >= call.evaluators_wanted]
    return Work(
        short=len(looked_at) - len(enough),
        late=sum(one["late"] for one in found),
        ready=sum(1 for one in enough if one["signed"] == one["counting"]),
        and_more=len(ids) > LOOKED_AT,
    )


def unreported(call, user):
    reports = Consensus.objects.visible_to(user).current().standing().filter(application=OuterRef("pk"))
    rows = Application.objects.visible_to(user).of_call(call).judged().exclude(pk__in=kept_from(user))
    return rows.exclude(Exists(reports)).order_by("reference")


def progress(applications, user, *, at):
    """{application, counting, signed, late} of each that has somebody assessing it."""
    return Assessment.objects.visible_to(user).current().filter(application__in=applications).of_each_application(at)
