"""The list of applications, and the page of one: for its owner, for the Commission and auditors, for evaluators."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.roles import is_applicant, is_officer
from applications.content import is_as_sent
from applications.forms import ConditionForm
from applications.lists import OpenedApplications, OwnApplications
from applications.models import Application, Check, Clarification, Hearing, Receipt
from applications.permissions import reads_blindly
from applications.shown import proposal, proposal_now
from applications.shown.attempts import attempts_at
from applications.shown.clarifications import clarifications_of
from applications.shown.hearings import hearings_of
from applications.shown.history import timeline
from applications.shown.kept import kept_links
from applications.shown.participations import missing_links
from applications.shown.side import side_of
from applications.shown.standing import eligibility_notice, gap_links, standing_of, warning_links
from applications.shown.unsent import unsent_edits
from applications.shown.words import TONES, situation_for_owner
from applications.states import APPLICATION, CHECK, CLARIFICATION, EDITABLE, HEARING, IN_PROCEDURE, ApplicationPhase
from applications.views.sides import side_for
from core import clock
from core.found import visible_or_404
from core.views import list_page


def applications_page(request):
    row_list = OwnApplications if is_applicant(request.user) else OpenedApplications
    return list_page(request, row_list)


def application_page(request, pk):
    application = visible_or_404(Application, request.user, pk)
    if is_applicant(request.user):
        return own_page(request, application)
    return (reading_page if reads_blindly(request.user) else file_page)(request, application)


def own_page(request, application):
    """For its owner: the task list while it may be edited, the status in plain words, receipts, history."""
    at = clock.now()
    standing = standing_of(application, at=at)
    is_open = application.stands_in(EDITABLE) and application.call.is_open(at)
    context = {
        "application": application,
        "situation": situation_for_owner(application),
        "is_open": is_open,
        "offers_steps": is_open or application.stands_in(ApplicationPhase.ENDED + IN_PROCEDURE),
        "standing": standing,
        "tasks": side_of(application, standing, user=request.user).lines,
        "unsent": (unsent := has_unsent_edits(application, standing)),
        "edits": unsent_edits(application, standing.content) if unsent else [],
        "waiting": kept_links(application, request.user),
        "partners": missing_links(application) if is_open else [],
        "has_order": is_open and application.standing_orders.at_work(application.call).exists(),
        "warnings": warning_links(application, standing),
        "eligibility_notice": eligibility_notice(),
        "steps": APPLICATION.buttons(request.user, application),
        "receipts": Receipt.objects.visible_to(request.user).filter(application=application),
        "attempts": attempts_at(application, request.user),
        "clarifications": clarifications_of(application, request.user),
        "hearings": hearings_of(application, request.user),
        "letters": letters_about(application, request.user),
        "history": timeline(application, request.user, for_owner=True),
        "proposal": proposal(application, standing.content),
    }
    return render(request, "applications/own.html", context)


def letters_about(application, user):
    """Of the app above, by the way back along its own relation: what was decided is told by letter, and read there."""
    if application.stands_in(EDITABLE):
        return []
    return application.letters.visible_to(user).order_by("-sent_at")


def has_unsent_edits(application, standing):
    is_changed = bool(application.as_typed) or not is_as_sent(application, standing.content)
    return application.stands_in(ApplicationPhase.SENT) and is_changed


def missing_page(request, pk):
    """One list of everything that stops a submission, each line leading to its field."""
    application = visible_or_404(Application, request.user, pk)
    APPLICATION.may_open("edit", application, by=request.user)
    standing = standing_of(application, at=clock.now())
    context = {
        "application": application,
        "standing": standing,
        "side": side_for(request, application, standing=standing),
        "gaps": gap_links(application, standing),
        "waiting": kept_links(application, request.user),
        "partners": missing_links(application),
        "warnings": warning_links(application, standing),
        "eligibility_notice": eligibility_notice(),
    }
    return render(request, "applications/missing.html", context)


def file_page(request, application):
    """For the Commission and auditors: the proposal, its checks, receipts and history."""
    rows = Check.objects.visible_to(request.user).filter(application=application).select_related("officer")
    checks = list(rows.order_by("passed", "order"))
    unmet = is_checking(application) and not all(check.passed for check in checks)
    context = {
        "application": application,
        "status_tone": TONES[application.status],
        "proposal": proposal_now(application),
        "checks": [with_buttons(check, request.user, application) for check in checks],
        "unmet": unmet,
        "steps": [
            one for one in APPLICATION.buttons(request.user, application) if not (unmet and one.name == "accept")
        ],
        "condition_form": condition_form_for(request.user, application),
        "receipts": Receipt.objects.visible_to(request.user).filter(application=application),
        "history": timeline(application, request.user),
        "facts": procedure_facts(application),
        "clarifications": clarifications_of(application, request.user),
        "hearings": hearings_of(application, request.user),
        "may_ask": CLARIFICATION.steps["ask"].allowed(request.user, Clarification(application=application)),
        "may_send_notice": HEARING.steps["send"].allowed(request.user, Hearing(application=application)),
        "may_record_conflict": is_officer(request.user),
    }
    return render(request, "applications/file.html", context)


def with_buttons(check, user, application):
    """The check, what may be done with it now, and what the step's name is put behind."""
    steps = CHECK.buttons(user, check) if is_checking(application) else []
    return check, steps, f"/checks/{check.pk}/"


def is_checking(application):
    return application.stands_in(ApplicationPhase.IN_CHECKS)


def condition_form_for(user, application):
    may = CHECK.steps["add"].allowed(user, None)
    return ConditionForm() if may and is_checking(application) else None


def procedure_facts(application):
    return [
        (_("Call"), application.call.reference),
        (_("Number"), application.reference),
        (_("Version"), application.versions),
        (_("SHA-256 of the content"), application.sent_hash),
    ]


def reading_page(request, application):
    """For evaluators: the proposal itself, nothing of who handled it."""
    context = {"application": application, "proposal": proposal_now(application)}
    return render(request, "applications/reading.html", context)
