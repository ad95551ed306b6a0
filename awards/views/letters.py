"""Pages of letters: the list, one letter, its file, and how it would look before it is issued."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from awards import actions
from awards.actions.redress import is_contestable
from awards.documents import Papers, context_of, facts_of, kept_pdf, template_of, title_of
from awards.lists import LetterList
from awards.models import DecisionLine, Letter, Offer, Redress
from awards.permissions import is_addressee
from awards.shown import decisions as shown
from awards.shown import letters as words
from awards.shown.looks import who_looked
from awards.shown.tones import LETTER_TONES
from awards.states import LETTER, OFFER, REDRESS, LetterPhase
from awards.views.decisions import history_of
from core import clock
from core.downloads import note_download
from core.errors import WrongState
from core.files import SHUT
from core.fonts import SOURCES, source_of
from core.found import row_or_404
from core.views import list_page, step_view

letter_step = step_view(Letter, LETTER)
offer_step = step_view(Offer, OFFER)


@require_GET
def letters(request):
    return list_page(request, LetterList)


@require_GET
def letter(request, pk):
    row = row_or_404(Letter.objects.visible_to(request.user).for_reading(), pk=pk)
    context = {
        "letter": row,
        "tone": LETTER_TONES[row.status],
        "steps": steps_of(request.user, row),
        "url": row.get_absolute_url(),
        "is_addressed": row.stands_in(LetterPhase.UNREAD) and is_addressee(request.user, row),
        "facts": words.facts_of(row) + words.chain_of(row, Letter.objects.visible_to(request.user).chained_to(row)),
        "days": words.days_of(row),
        "files": words.files_of(row),
        "looks": who_looked(row) if is_addressee(request.user, row) else [],
        "timeline": shown.timeline_of(history_of(row), LETTER),
        **offer_of(request.user, row),
        **redress_of(request.user, row),
    }
    return render(request, "awards/letter.html", context)


def redress_of(user, letter):
    """The requests for review of this letter, and whether its reader may file one now."""
    filed = list(Redress.objects.visible_to(user).filter(letter=letter).order_by("filed_at"))
    new = Redress(letter=letter, application=letter.application)
    return {
        "redresses": [(f"{one} – {one.get_status_display()}", one.get_absolute_url()) for one in filed],
        "may_contest": REDRESS.steps["file"].allowed(user, new) and is_contestable(letter, clock.now()),
    }


def offer_of(user, letter):
    """What the applicant answers here, where the letter makes an offer."""
    offers = Offer.objects.visible_to(user).select_related("answered_by")
    offer = offers.filter(line__decision=letter.decision_id, application=letter.application_id).first()
    if offer is None:
        return {}
    return {
        "offer": offer,
        "offer_facts": words.facts_of_offer(offer),
        "offer_steps": OFFER.buttons(user, offer),
        "offer_url": f"/offers/{offer.pk}/",
    }


def steps_of(user, row):
    """A letter that another one has followed is not replaced a second time."""
    followed = Letter.objects.filter(replaces=row).exists()
    return [one for one in LETTER.buttons(user, row) if not (one.preview and followed)]


@require_GET
def letter_pdf(request, pk):
    """The file as it was sent; who took it, and when, is kept."""
    row = row_or_404(Letter.objects.visible_to(request.user).for_reading(), pk=pk)
    if not row.pdf_sha256:
        raise WrongState(_("%(letter)s is not drawn yet. Try again in a minute.") % {"letter": row})
    pdf = kept_pdf(row)
    if is_addressee(request.user, row):
        actions.open_letter(row, by=request.user)
    else:
        note_download(request.user, f"{row}.pdf", {"letter": str(row.pk)})
    return pdf_answer(pdf, name=f"{row.reference}.pdf".replace("/", "-"))


def pdf_answer(pdf, *, name):
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Content-Security-Policy"] = SHUT
    return answer


@require_GET
def letter_preview(request, pk):
    """How the letter on a line would read if it were issued now: the very template of the PDF, nothing is stored."""
    line = row_or_404(DecisionLine.objects.visible_to(request.user).for_reading(), pk=pk)
    papers = Papers(line.decision, officer=request.user, at=clock.now(), about=[line.application_id])
    facts = facts_of(line, papers, replaces=papers.corrected(line))
    page = {
        **context_of(facts),
        "title": title_of(facts),
        "stylesheets": [reverse("letter_css"), static("css/letter_preview.css")],
        "banner": "awards/preview_banner.html",
        "back_to": line.decision.get_absolute_url(),
        "others": neighbours_of(line, request.user),
    }
    return HttpResponse(render_to_string(template_of(facts), page, request=request))


def neighbours_of(line, user):
    """(label, address) of the previews before and after this one."""
    lines = list(line.decision.lines.visible_to(user))
    place = [one.pk for one in lines].index(line.pk)
    around = [(_("Previous letter"), place - 1), (_("Next letter"), place + 1)]
    return [
        (label, reverse("letter_preview", args=[lines[number].pk]))
        for label, number in around
        if 0 <= number < len(lines)
    ]


@require_GET
def letter_css(request):
    """The style sheet of the PDFs for previews, with the variable font the pages use in place of its cuts."""
    fonts = [(static(SOURCES["normal"]), "normal", "100 900", None)] if source_of("normal") else []
    css = render_to_string("letters/letter.css", {"fonts": fonts})
    return HttpResponse(css, content_type="text/css; charset=utf-8")
