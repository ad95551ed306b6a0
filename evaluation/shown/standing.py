"""How far the evaluation of one call is, in figures: counted in the database, and no further than anybody reads."""

from django.db.models import Exists, OuterRef

from applications.models import Application
from core.counting import CAP, number_of
from evaluation.models import Assessment, Consensus
from evaluation.querysets import kept_from
from programmes.models import Round

MOST = 3 * CAP  # assessments: three evaluators for each application that is counted
NAMED = 10  # late ones; the list of assessments has all


class Standing:
    """Of a call as far as this person may see it, at this time."""

    def __init__(self, call, user, *, at):
        self.at, self.rounds = at, list(Round.objects.filter(call=call).values_list("pk", flat=True))
        self.seen = Application.objects.visible_to(user).of_call(call).judged()
        self.assessments = self.current(Assessment.objects.visible_to(user)).counting()
        self.reports = self.current(Consensus.objects.visible_to(user)).approved()

    def current(self, rows):
        """Of applications that are seen; what a later round replaced is asked for only where there is a later one."""
        rows = rows.filter(round__in=self.rounds, application__in=self.seen.values("pk"))
        return rows.current() if len(self.rounds) > 1 else rows

    def applications(self):
        return self.seen[: CAP + 1].count()

    def assessed(self):
        """{counting, signed}"""
        return self.assessments.counted(most=MOST + 1)

    def approved(self):
        return self.reports[: CAP + 1].count()

    def late(self):
        """The ids of those past their day and unsigned."""
        return list(self.assessments.late(self.at).values_list("pk", flat=True)[: CAP + 1])


def awaiting_rapporteur(call, user):
    """Enough evaluators, all of them signed, and nobody writes the report yet; as far as this person may see it."""
    assessments = Assessment.objects.visible_to(user).current().counting()
    unsigned = assessments.unfinished().filter(application=OuterRef("pk"))
    reports = Consensus.objects.visible_to(user).current().standing().filter(application=OuterRef("pk"))
    rows = Application.objects.visible_to(user).of_call(call).judged().exclude(pk__in=kept_from(user))
    signed = number_of(assessments.signed(), "application", most=call.evaluators_wanted)
    return rows.exclude(Exists(unsigned)).exclude(Exists(reports)).alias(signed=signed).filter(
        signed__gte=call.evaluators_wanted
    )  # fmt: skip
