"""Taking a proposal away, as a paper and as a ZIP; taking what fits of an earlier one into this one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from applications.actions import ask_for_paper, copy_application
from applications.content import content_of, is_as_sent
from applications.forms import CopyForm
from applications.models import Application, Copy, DraftPaper, Receipt
from applications.shown.away import bundle_name, bundle_of_draft, bundle_of_receipt
from applications.shown.kept import kept_links
from applications.states import APPLICATION, DRAFT_PAPER, ApplicationPhase, DraftPaperPhase
from applications.views.sides import side_for
from core import files
from core.downloads import note_download
from core.errors import WrongState
from core.found import visible_or_404
from core.views import form_page, try_act
from core.zips import zip_response

SHOWN_PAPERS = 5
SHOWN_COPIES = 10


def own_or_refused(request, pk):
    """An application for whoever speaks for its applicant: the whole of it is for nobody else to take away."""
    application = visible_or_404(Application, request.user, pk)
    DRAFT_PAPER.may_open("ask", DraftPaper(application=application), by=request.user)
    return application


@require_http_methods(["GET", "POST"])
def take_away(request, pk):
    application = own_or_refused(request, pk)
    if request.method == "POST":
        ask_for_paper(application, by=request.user)
        return redirect("take_away", pk=pk)
    content = content_of(application)
    papers = list(DraftPaper.objects.visible_to(request.user).filter(application=application)[:SHOWN_PAPERS])
    context = {
        "application": application,
        "side": side_for(request, application),
        "is_as_sent": bool(application.versions) and not application.as_typed and is_as_sent(application, content),
        "receipts": Receipt.objects.visible_to(request.user).filter(application=application),
        "papers": papers,
        "is_waiting": any(paper.stands_in(DraftPaperPhase.ASKED) for paper in papers),
        "counts": not application.stands_in(ApplicationPhase.ENDED),
    }
    return render(request, "applications/take_away.html", context)


@require_GET
def draft_paper_pdf(request, pk):
    paper = visible_or_404(DraftPaper, request.user, pk)
    if not paper.pdf_path:
        raise WrongState(_("The PDF of this draft is being drawn. Try again in a moment."))
    return files.serve(paper.pdf_path, name=paper.file_name, content_type="application/pdf")


@require_GET
def proposal_zip(request, pk):
    """What is saved, its files, and the last receipt."""
    application = own_or_refused(request, pk)
    bundle = bundle_of_draft(application, content_of(application))
    return sent(request, bundle_name(application), bundle)


@require_GET
def receipt_zip(request, pk):
    """What was received, its files, and this receipt."""
    receipt = visible_or_404(Receipt, request.user, pk)
    application = own_or_refused(request, receipt.application_id)
    return sent(request, bundle_name(application, receipt.version), bundle_of_receipt(receipt))


def sent(request, name, bundle):
    answer = zip_response(name, bundle)
    note_download(request.user, name, request.GET.dict())
    return answer


@require_http_methods(["GET", "POST"])
def copy_page(request, pk):
    """Choose an earlier application; afterwards: what was taken over, what was not and why, what waits."""
    application = visible_or_404(Application, request.user, pk)
    APPLICATION.may_open("copy", application, by=request.user)
    form = CopyForm(request.POST or None, sources=sources_for(request.user, application))
    if request.method == "POST" and form.is_valid():
        said = {"source": form.cleaned_data["source"], "sending": request.POST.get("key")}
        if try_act(form, lambda: copy_application(application, by=request.user, **said)):
            messages.success(request, _("Copied. Look below at what was left out."))
            return redirect("application_copy", pk=pk)
    copies = Copy.objects.visible_to(request.user).filter(application=application).select_related("source", "by")
    return form_page(
        request, "applications/copy.html", form, application=application, copies=copies[:SHOWN_COPIES],
        waiting=kept_links(application, request.user), side=side_for(request, application),
    )  # fmt: skip


def sources_for(user, application):
    """The other applications of its organisation, of whatever call and state."""
    own = Application.objects.visible_to(user).filter(applicant=application.applicant_id)
    return own.exclude(pk=application.pk).select_related("call").order_by("-edited_at", "-pk")
