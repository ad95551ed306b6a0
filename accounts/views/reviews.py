"""Reviews of access: opened, decided line by line or many at once, closed; read by administrators and auditors."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts import actions
from accounts.actions.reviews import MOST_KEPT
from accounts.forms import AccessReviewForm, EndingAccessForm, KeepingForm
from accounts.lists import DECISION_TONES, REVIEW_TONES, AccessLineList, AccessReviewList, tokens_in_words
from accounts.models import AccessLine, AccessReview
from accounts.roles import is_admin, is_auditor
from accounts.states import ACCESS_LINE, ACCESS_REVIEW, AccessLinePhase, AccessReviewPhase
from accounts.views.doors import require_admin, said_by, sent
from core.formats import brussels, brussels_day
from core.found import row_or_404, visible_or_404
from core.views import form_page, list_page, step_view

access_review_step = step_view(AccessReview, ACCESS_REVIEW)
access_line_step = step_view(AccessLine, ACCESS_LINE)


def require_reader(user):
    if not (is_admin | is_auditor)(user):
        raise Http404


@require_GET
def access_reviews(request):
    require_reader(request.user)
    return list_page(request, AccessReviewList, "accounts/access_reviews.html", may_open=may_open(request.user))


def may_open(user):
    return is_admin(user) and not AccessReview.objects.open().exists()


@require_http_methods(["GET", "POST"])
def new_access_review(request):
    require_admin(request.user)
    form = AccessReviewForm(request.POST or None)
    if review := sent(request, form, lambda: opened(form, request)):
        return redirect(review)
    return form_page(request, "accounts/new_access_review.html", form)


def opened(form, request):
    return actions.open_access_review(AccessReview(**form.cleaned_data), **said_by(request))


@require_GET
def access_review(request, pk):
    seen = AccessReview.objects.visible_to(request.user).select_related("opened_by", "ended_by")
    review = row_or_404(seen, pk=pk)
    return list_page(request, AccessLineList, "accounts/access_review.html", beside=beside_review, review=review)


def beside_review(rows):
    review, user = rows.review, rows.user
    counts = review.lines.all().counts()
    asked = {key: value for key, value in rows.params.items() if key not in {"page", "sort", "status"}}
    waits = any(counts[one] for one in AccessLinePhase.WAITING)
    may_keep = waits and review.stands_in(AccessReviewPhase.OPEN) and is_admin(user)
    return {
        "tone": REVIEW_TONES[review.status],
        "facts": facts_of_review(review),
        "figures": [(number, status.label) for status, number in counts.items()],
        "steps": ACCESS_REVIEW.buttons(user, review),
        "keep_url": f"{reverse('keep_many', args=[review.pk])}?{urlencode(asked)}" if may_keep else "",
    }


def facts_of_review(review):
    by = _("%(moment)s by %(by)s")
    facts = [
        (_("Opened"), by % {"moment": brussels(review.opened_at), "by": review.opened_by}),
        (_("To be decided by"), brussels_day(review.decide_by)),
    ]
    if review.ended_at:
        facts.append((_("Ended"), by % {"moment": brussels(review.ended_at), "by": review.ended_by}))
    return facts


# many at once


@require_http_methods(["GET", "POST"])
def keep_many(request, pk):
    """Those whom the filters of the list found, all chosen: whoever is not to keep it is taken out."""
    require_admin(request.user)
    review = visible_or_404(AccessReview, request.user, pk)
    found = AccessLineList(request.user, request.GET, path=request.path, review=review).to_be_kept(MOST_KEPT)
    form = KeepingForm(request.POST or None, lines=found)
    if taken := sent(request, form, lambda: actions.keep_many(review, form.marks(), by=request.user)):
        tell(request, taken)
        return redirect(review)
    return form_page(
        request, "accounts/keep_many.html", form, review=review, found=found, action=request.get_full_path(),
        most=MOST_KEPT if len(found) == MOST_KEPT else 0,
    )  # fmt: skip


def tell(request, taken):
    number = len(taken.rows)
    said = ngettext("%(number)d line is kept.", "%(number)d lines are kept.", number)
    messages.success(request, said % {"number": number})
    for _line, refusal in taken.refused:
        messages.warning(request, str(refusal.sentence))


# one line


def line_or_404(request, pk):
    seen = AccessLine.objects.visible_to(request.user).select_related("review", "person", "decided_by")
    return row_or_404(seen, pk=pk)


@require_GET
def access_line(request, pk):
    line, user = line_or_404(request, pk), request.user
    is_open = line.review.stands_in(AccessReviewPhase.OPEN)
    steps = [one.name for one in ACCESS_LINE.open_to(user, line)] if is_open else []
    return render(request, "accounts/access_line.html", {
        "line": line, "tone": DECISION_TONES[line.status], "facts": facts_of_line(line),
        "may_keep": "keep" in steps, "may_end": "end" in steps,
        "steps": ACCESS_LINE.buttons(user, line) if is_open else [],
        "now": line.person.role_label or _("nothing"), "is_own": line.person_id == user.pk and is_open,
        "sees_person": is_admin(user),
    })  # fmt: skip


def facts_of_line(line):
    factor = _("set up") if line.has_factor else _("none")
    return [
        (_("E-mail"), line.email),
        (_("Role"), line.words),
        (_("From"), brussels(line.from_at)),
        (_("Until"), brussels(line.until_at) or _("until somebody ends it")),
        (_("How appointed"), line.appointed),
        (_("Last signed in"), brussels(line.signed_in_at) or _("never")),
        (_("Second factor"), factor),
        (_("Tokens for programs"), "; ".join(tokens_in_words(line)) or _("none")),
        *decision_on(line),
    ]


def decision_on(line):
    if line.decided_at is None:
        return []
    words = {"moment": brussels(line.decided_at), "by": line.decided_by}
    account = [(_("Account"), _("closed with its last role"))] if line.closed_account else []
    reason = [(_("Reason"), line.reason)] if line.reason else []
    return [(_("Decided"), _("%(moment)s by %(by)s") % words), *reason, *account]


@require_http_methods(["GET", "POST"])
def keep_access(request, pk):
    """Behind the button of the line's page, which says what it had shown."""
    require_admin(request.user)
    line = line_or_404(request, pk)
    if request.method == "POST":
        marks = {str(line.pk): request.POST.get("mark", line.mark)}
        actions.keep_access(line, by=request.user, base=request.POST.get("stamp"), marks=marks)
        messages.success(request, _("Kept: %(line)s.") % {"line": line})
        return redirect(line.review)
    return redirect(line)


@require_http_methods(["GET", "POST"])
def end_access(request, pk):
    require_admin(request.user)
    line = line_or_404(request, pk)
    ACCESS_LINE.may_open("end", line, by=request.user)
    form = EndingAccessForm(request.POST or None, initial={"mark": line.mark})
    if sent(request, form, lambda: ended(form, line, request)):
        messages.success(request, _("Ended: %(line)s.") % {"line": line})
        return redirect(line.review)
    return form_page(request, "accounts/end_access.html", form, line=line, now=line.person.role_label)


def ended(form, line, request):
    words = dict(form.cleaned_data)
    mark = words.pop("mark") or line.mark
    said = {"by": request.user, "base": request.POST.get("stamp")}
    return actions.end_access(line, marks={str(line.pk): mark}, **words, **said)
