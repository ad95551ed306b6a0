"""What falls when a judgement no longer counts: the report that rests on it, then the list that ranks it.

Nothing is deleted: what fell stays on file with its reason, and what is made anew stands beside it.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from applications.actions import reopen_application
from applications.models import Application
from applications.states import ApplicationPhase
from core.errors import WrongState
from core.language import later
from evaluation.actions.guards import round_of
from evaluation.actions.telling import tell
from evaluation.models import Assessment, Consensus, RankedList
from evaluation.states import CONSENSUS, RANKED_LIST


def let_fall(row, *, at, reason):
    """`row`: an assessment or a report that no longer counts. Gives what fell, {name: [before, after]}.

    Nothing rests on a judgement of an earlier round once a later one is about the application.
    """
    application = Application.objects.select_related("call").get(pk=row.application_id)
    if row.round_id is None or row.round_id != round_of(application).pk:
        return {}
    fallen = {}
    for report in Consensus.objects.beside(row).standing():
        fallen[str(report)] = [report.status, fall_report(report, by=User.objects.clock(), at=at, reason=reason).status]
    return fallen | take_back(application, at=at, reason=reason)


def take_back(application, *, at, reason):
    """The application is judged again, in its round; no list stands that ranks it by what fell."""
    if not application.stands_in(ApplicationPhase.EVALUATED):
        return {}
    reopen_application(application, by=User.objects.clock(), at=at, reason=reason)
    return let_lists_fall(application.call, at=at, reason=reason)


def let_lists_fall(call, *, at, reason):
    """The list that waits for its signatures, and the one in force."""
    lists = RankedList.objects.filter(call=call)
    return {
        f"{one} ({one.sha256[:12]})": [one.status, fall_list(one, by=User.objects.clock(), at=at, reason=reason).status]
        for one in (lists.drawn() | lists.filter(pk__in=lists.in_force().values("pk"))).order_by("drawn_at")
    }


@CONSENSUS.action("fall")
def fall_report(consensus, *, by, at, reason):
    consensus.ended_reason = reason
    tell_evaluators(consensus)


def tell_evaluators(consensus):
    words = {"number": consensus.application}
    subject = later(lambda: _("The consensus report of %(number)s was set aside") % words)
    sentence = later(
        lambda: _("The consensus report of application %(number)s was set aside; the evaluators agree anew.") % words
    )
    signed = Assessment.objects.beside(consensus).signed().values_list("evaluator_id", flat=True)
    tell(signed, subject, sentence, about=consensus, page=reverse("evaluation"))


@RANKED_LIST.action("fall")
def fall_list(ranked_list, *, by, at, reason):
    """At once, by the clock: nothing may rest on it a minute longer (FR Art. 61)."""
    end(ranked_list, reason=reason)


def end(ranked_list, *, reason):
    ranked_list.ended_reason = reason
    call = ranked_list.call
    words = {"call": call}
    subject = later(lambda: _("The ranked list of %(call)s was set aside") % words)
    sentence = later(lambda: _("The ranked list of %(call)s was set aside: signatures under it count no more.") % words)
    members = call.seats.sitting().values_list("member_id", flat=True)
    tell(members, subject, sentence, about=ranked_list, page=reverse("committee", args=[call.pk]))


def require_no_signed_list(call):
    """Once the committee has signed, rank and money hang on it: two people set the list aside first."""
    if RankedList.objects.filter(call=call).in_force().exists():
        raise WrongState(
            _(
                "The committee signed the ranked list of %(call)s. Ask to set that list aside first; "
                "a second person agrees."
            )
            % {"call": call}
        )
