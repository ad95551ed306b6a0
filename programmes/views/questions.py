"""Questions on a call: what everybody reads, what is asked in private, and the office's replies."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.found import row_or_404, visible_or_404
from core.views import form_page, step_view, try_act
from programmes import actions
from programmes.forms import CorrectionForm, QuestionForm, ReplyForm
from programmes.models import Call, Question
from programmes.shown.questions import TONES, asking_of, questions_of
from programmes.states import QUESTION

PAGE = 25
question_step = step_view(Question, QUESTION)


@login_not_required
@require_safe
def call_questions(request, pk):
    """Everybody reads what is answered; the asker and the office also what waits."""
    call = row_or_404(Call.objects.published(), pk=pk)
    page = Paginator(call.questions.public(), PAGE).get_page(request.GET.get("page"))
    context = {
        "call": call,
        "questions": questions_of(page, request.user),
        "asking": asking_of(call, request.user, clock.now()),
        "own": own_of(call, request.user),
        "previous_url": address_of(page.has_previous() and page.number - 1),
        "next_url": address_of(page.has_next() and page.number + 1),
    }
    return render(request, "programmes/questions.html", context)


def address_of(number):
    return f"?page={number}" if number else ""


def own_of(call, user):
    """Those that are not public: the reader's own, or for the office the ones that wait; the oldest first."""
    if not user.is_authenticated:
        return []
    rows = Question.objects.visible_to(user).filter(call=call).not_public()
    return rows.select_related("asked_by", "call").order_by("asked_at")[:PAGE]


@require_http_methods(["GET", "POST"])
def question_ask(request, pk):
    call = visible_or_404(Call, request.user, pk)
    new = Question(call=call)
    QUESTION.may_open("ask", new, by=request.user)
    form = QuestionForm(request.POST or None)
    if form.is_valid() and try_act(form, lambda: ask(new, form.cleaned_data, request)):
        messages.success(request, _("Your question is with the programme office. You get a mail when it is answered."))
        return redirect("call_questions", pk=call.pk)
    return form_page(request, "programmes/question_ask.html", form, call=call)


def ask(new, data, request):
    return actions.ask_question(new, by=request.user, key=request.POST.get("key"), **data)


@require_safe
def question(request, pk):
    """As it was asked, with its history of replies: for its asker and the Commission."""
    row = row_or_404(Question.objects.visible_to(request.user).select_related("call", "asked_by"), pk=pk)
    context = {
        "question": row, "tone": TONES[row.status], "steps": QUESTION.buttons(request.user, row),
        "replies": row.replies.all(),
    }  # fmt: skip
    return render(request, "programmes/question.html", context)


@require_http_methods(["GET", "POST"])
def question_answer(request, pk):
    row = visible_or_404(Question, request.user, pk)
    QUESTION.may_open("answer", row, by=request.user)
    return reply_page(request, row, ReplyForm(request.POST or None, initial={"asked": row.text}))


@require_http_methods(["GET", "POST"])
def question_correct(request, pk):
    row = visible_or_404(Question, request.user, pk)
    QUESTION.may_open("correct", row, by=request.user)
    last = row.replies.first()
    return reply_page(
        request, row, CorrectionForm(request.POST or None, initial={"asked": last.asked, "text": last.text})
    )


def reply_page(request, row, form):
    step = "correct" if "reason" in form.fields else "answer"
    if form.is_valid() and try_act(form, lambda: reply(step, row, form.cleaned_data, request)):
        messages.success(request, _("The answer is published; who follows the call is told by mail."))
        return redirect("call_questions", pk=row.call_id)
    stamp = request.POST.get("stamp", row.stamp)
    return form_page(request, "programmes/question_reply.html", form, question=row, stamp=stamp)


def reply(step, row, data, request):
    return QUESTION.run(step, row, by=request.user, base=request.POST.get("stamp", ""), **data)


@require_POST
def call_follow(request, pk):
    actions.follow_call(visible_or_404(Call, request.user, pk), by=request.user)
    messages.success(request, _("You follow this call: answers and corrigenda reach you by mail."))
    return redirect("call", pk=pk)


@require_POST
def call_unfollow(request, pk):
    actions.unfollow_call(visible_or_404(Call, request.user, pk), by=request.user)
    messages.success(request, _("You do not follow this call any more."))
    return redirect("call", pk=pk)
