"""The matrix of applications and evaluators: tick, or let an even distribution be proposed; look, then confirm."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import is_assessor, is_evaluator
from applications.models import Application
from core import clock
from core.views import form_page, try_act
from evaluation.actions import assign_all
from evaluation.actions import stand_aside as stand_aside_act
from evaluation.actions.assessments import DAYS_TO_ASSESS
from evaluation.actions.guards import visible_conflict
from evaluation.distribution import propose, short_of
from evaluation.forms import DueForm, ReasonForm
from evaluation.models import Assessment, Consensus
from evaluation.querysets import kept_from
from evaluation.states import COUNTING, AssessmentPhase
from evaluation.views.calls import tabs_of
from evaluation.views.doors import call_for, require_officer


@require_http_methods(["GET", "POST"])
def assign(request, pk):
    require_officer(request.user)
    call = call_for(request.user, pk)
    matrix = Matrix.of(call, request.user, officers="officers" in request.GET)
    if request.method == "GET":
        form = DueForm(initial={"due_at": clock.now() + DAYS_TO_ASSESS})
        return matrix_page(request, form, call, matrix, chosen=set())
    form = DueForm(request.POST)
    chosen = proposal(matrix, call, request.POST) if "propose" in request.POST else matrix.asked(request.POST)
    if not form.is_valid() or "back" in request.POST:
        return matrix_page(request, form, call, matrix, chosen=chosen)
    if not chosen:
        form.add_error(None, nothing_chosen("propose" in request.POST))
        return matrix_page(request, form, call, matrix, chosen=chosen)
    if "confirm" in request.POST:
        return confirmed(request, form, call, matrix, chosen=chosen)
    return preview_page(request, form, call, matrix, chosen=chosen)


def nothing_chosen(proposed):
    if proposed:
        return _("Nothing can be proposed: every application has its evaluators, or every free one is in conflict.")
    return _("Tick at least one evaluator for one application, or let a distribution be proposed.")


def confirmed(request, form, call, matrix, *, chosen):
    pairs = [(matrix.application(a), matrix.person(e)) for a, e in sorted(chosen)]
    made = try_act(form, lambda: assign_all(pairs, by=request.user, due_at=form.cleaned_data["due_at"]))
    if made is None:
        return matrix_page(request, form, call, matrix, chosen=chosen)
    sentence = ngettext("%d assignment was made.", "%d assignments were made.", len(made)) % len(made)
    messages.success(request, sentence)
    return redirect("evaluation_of_call", call.pk)


def proposal(matrix, call, data):
    """An even distribution over the ticked applications and evaluators."""
    applications = [key for key in matrix.applications if key in set(data.getlist("application"))]
    people = [key for key in matrix.people if key in set(data.getlist("evaluator"))]
    return set(
        propose(
            applications, people, wanted=call.evaluators_wanted, present=set(matrix.present), barred=set(matrix.barred)
        )
    )


@dataclass
class Matrix:
    """Ids as text, so that what a form sends back can be compared; only what this officer may organise."""

    applications: dict
    people: dict
    present: dict  # (application, evaluator): the assessment
    barred: dict  # (application, evaluator): why not

    @classmethod
    def of(cls, call, officer, *, officers):
        applications = {str(one.pk): one for one in applications_to_assign(call, officer)}
        judges = User.objects.of(is_assessor if officers else is_evaluator)
        people = {str(one.pk): one for one in judges}
        matrix = cls(applications, people, {}, {})
        matrix.fill()
        return matrix

    def fill(self):
        for key, application in self.applications.items():
            for one in application.known:
                self.place(key, one)
            for who, person in self.people.items():
                if (key, who) not in self.present and (why := visible_conflict(person, application)):
                    self.barred[key, who] = why

    def place(self, key, assessment):
        pair = key, str(assessment.evaluator_id)
        if assessment.stands_in(AssessmentPhase.CONFLICT):
            self.barred[pair] = _("declared a conflict of interest")
        elif assessment.stands_in(COUNTING) and assessment.is_current:
            self.present[pair] = assessment

    def application(self, key):
        return self.applications[key]

    def person(self, key):
        return self.people[key]

    def asked(self, data):
        """The ticked pairs; what is not on this officer's matrix is not there."""
        pairs = {tuple(text.split(":", 1)) for text in data.getlist("pair") if ":" in text}
        if any(a not in self.applications or e not in self.people for a, e in pairs):
            raise Http404
        return pairs - set(self.present)

    def load(self, who, chosen=()):
        return sum(1 for _a, e in [*self.present, *chosen] if e == who)


def applications_to_assign(call, officer):
    """Those whose evaluators may still be chosen, by an officer who does not judge them."""
    known = Prefetch("assessments", Assessment.objects.with_currency(), to_attr="known")
    return (
        Application.objects.visible_to(officer)
        .of_call(call)
        .evaluable()
        .exclude(pk__in=Consensus.objects.of_call(call).current().standing().values("application"))
        .exclude(pk__in=kept_from(officer).values("pk"))
        .select_related("applicant", "call")
        .prefetch_related("partners", known)
        .order_by("reference")
    )


# what the pages show


def matrix_page(request, form, call, matrix, *, chosen):
    return form_page(
        request, "evaluation/assign.html", form, call=call, people=heads(matrix, request.POST),
        tabs=tabs_of(call, "assign", request.user),
        rows=[matrix_row(matrix, key, chosen, request.POST) for key in matrix.applications],
        with_officers="officers" in request.GET, wanted=call.evaluators_wanted,
    )  # fmt: skip


def heads(matrix, data):
    return [
        {"key": key, "name": one.name, "state": one.state or one.entity, "load": matrix.load(key),
         "ticked": not data or key in data.getlist("evaluator")}
        for key, one in matrix.people.items()
    ]  # fmt: skip


def matrix_row(matrix, key, chosen, data):
    application = matrix.application(key)
    return {
        "key": key,
        "application": application,
        "ticked": not data or key in data.getlist("application"),
        "have": sum(1 for a, _e in matrix.present if a == key),
        "cells": [cell(matrix, (key, who), chosen) for who in matrix.people],
    }


def cell(matrix, pair, chosen):
    application, person = matrix.application(pair[0]), matrix.person(pair[1])
    words = {"person": person.name, "number": application.reference}
    return {
        "value": ":".join(pair),
        "present": matrix.present.get(pair),
        "barred": matrix.barred.get(pair),
        "ticked": pair in chosen,
        "label": _("Assign %(person)s to %(number)s") % words,
    }


def preview_page(request, form, call, matrix, *, chosen):
    pairs = sorted(chosen, key=lambda pair: (matrix.application(pair[0]).reference, matrix.person(pair[1]).name))
    lacking = short_of(list(matrix.applications), wanted=call.evaluators_wanted, pairs=[*matrix.present, *pairs])
    return form_page(
        request, "evaluation/assign_preview.html", form, call=call, with_officers="officers" in request.GET,
        pairs=[":".join(pair) for pair in pairs],
        columns=[_("Application"), _("Title"), _("Evaluator"), _("System's check")],
        rows=[preview_row(matrix, pair) for pair in pairs],
        load=[[one.name, matrix.load(key), matrix.load(key, pairs)] for key, one in matrix.people.items()],
        load_columns=[_("Evaluator"), _("Assessments now"), _("Afterwards")],
        lacking=[
            ngettext("%(number)s still lacks %(count)d evaluator.", "%(number)s still lacks %(count)d evaluators.", n)
            % {"number": matrix.application(key).reference, "count": n}
            for key, n in lacking.items()
        ],
    )  # fmt: skip


def preview_row(matrix, pair):
    application, person = matrix.application(pair[0]), matrix.person(pair[1])
    return [application.reference, application.title, person.name, matrix.barred.get(pair) or _("no conflict found")]


# an officer's own conflict


@require_http_methods(["GET", "POST"])
def stand_aside(request, pk):
    require_officer(request.user)
    rows = Application.objects.visible_to(request.user).in_procedure().select_related("call", "applicant")
    application = get_object_or_404(rows, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and try_act(form, lambda: step_aside(application, request, form)):
        messages.success(
            request, _("You have stood aside from %(number)s; it is hidden from you now.") % {"number": application}
        )
        return redirect("evaluation_of_call", application.call_id)
    return form_page(request, "evaluation/stand_aside.html", form, application=application)


def step_aside(application, request, form):
    row = Assessment(application=application, evaluator=request.user)
    return stand_aside_act(row, by=request.user, reason=form.cleaned_data["reason"])
