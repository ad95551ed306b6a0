"""The officer's page of the questions that a call's form asks besides its other parts."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.found import visible_or_404
from core.views import form_page, stamp_for, try_act
from programmes import actions
from programmes.form_questions import questions_in, with_questions
from programmes.forms import FormQuestionFormSet, FormQuestionsForm, form_questions_of
from programmes.forms.form_questions import standing_on, start_of
from programmes.models import Call
from programmes.states import CALL


@require_http_methods(["GET", "POST"])
def call_form(request, pk):
    call = visible_or_404(Call, request.user, pk)
    CALL.may_open("edit", call, by=request.user)
    standing = standing_on(request.POST) if request.method == "POST" else questions_in(call.parts)
    form = FormQuestionsForm(request.POST or None)
    blocks = FormQuestionFormSet(
        request.POST or None,
        prefix="questions",
        initial=start_of(questions_in(call.parts)),
        form_kwargs={"standing": standing},
    )
    if request.method == "POST" and blocks.is_valid() and form.is_valid():
        if try_act(form, lambda: save(call, blocks, request)):
            messages.success(request, _("The questions are saved. Look at them as applicants will."))
            return redirect("form_preview" if "preview" in request.POST else "call_form", pk=call.pk)
    elif blocks.is_bound and any(blocks.errors):
        form.add_error(None, _("Some questions need another look; they are listed with them."))
    stamp = stamp_for(request, form, call)
    return form_page(request, "programmes/call_form.html", form, blocks=blocks, call=call, stamp=stamp)


def save(call, blocks, request):
    parts = with_questions(call.parts, form_questions_of(blocks))
    return actions.edit_call(call, by=request.user, values={"parts": parts}, base=request.POST.get("stamp", ""))
