"""What comes after the first decision: another one about some applications, and a letter in the place of another."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards import actions
from awards.actions.letters import require_last_word
from awards.documents import Papers, facts_of
from awards.forms import LaterDecisionForm
from awards.models import Decision, DecisionLine, Letter
from awards.shown import letters as words
from awards.shown import money
from awards.states import DECISION, LETTER
from core import clock
from core.found import visible_or_404, watched
from core.views import form_page, step_preview, try_act
from programmes.models import Call


@require_http_methods(["GET", "POST"])
def prepare_again(request, pk):
    """Choose the cause and the applications; the lines can then be looked at, and changed, before anybody decides."""
    call = watched(visible_or_404(Call, request.user, pk))
    DECISION.may_open("prepare", Decision(call=call), by=request.user)
    lines = DecisionLine.objects.visible_to(request.user).of_call(call).in_force().for_reading().order_by("rank")
    form = LaterDecisionForm(request.POST or None, lines=lines)
    if form.is_valid() and (made := try_act(form, lambda: prepared(call, form.cleaned_data, request))):
        messages.success(request, _("Prepared: look at each line and its letter before you send it on."))
        return redirect(made)
    return form_page(request, "awards/prepare_again.html", form, call=call, facts=money.facts_of(call, lines))


def prepared(call, data, request):
    new = Decision(call=call, cause=data["cause"])
    about = [line.application for line in data["lines"]]
    return actions.prepare_decision(new, by=request.user, applications=about, key=request.POST.get("key"))


def what_changes(letter, user):
    """What a corrected letter would say otherwise than the one it replaces."""
    require_last_word(letter)
    line = letter.decision.lines.for_reading().get(application=letter.application_id)
    papers = Papers(letter.decision, officer=user, at=clock.now(), about=[letter.application_id])
    changes = words.changes_of(letter.facts, facts_of(line, papers, replaces=(letter, "…")))
    return {"letter": letter, "changes": changes, "columns": words.columns_of_changes()}


letter_step_preview = step_preview(Letter, LETTER, "awards/replace.html", what_changes)
