"""A batch of letters through the whole promise – facts, drawing, keeping, mail – against bare renderings.

The floor draws the same page with the same style sheet, as a short script would: everything parsed anew for
each letter, no tags, nothing kept.
"""

from decimal import Decimal

from django.template.loader import get_template, render_to_string
from weasyprint import CSS, HTML

from awards.documents import context_of, template_of, title_of
from awards.schedule import draw_and_send
from tests.awards.factories import a_ranked_call, an_issued_decision


def batch(count):
    """(draw one letter barely, draw and send one promised letter); each call of the second takes the next letter."""
    call = a_ranked_call([((38, 35, 18), "MAIN", "")] * count, budget=Decimal(100_000_000))
    waiting = list(an_issued_decision(call).letters.filter(kind="AWARD"))
    facts = waiting[0].facts
    page = render_to_string(
        template_of(facts), {**context_of(facts), "title": title_of(facts), "language": facts["language"]}
    )  # fmt: skip
    css = get_template("letters/letter.css").render({"fonts": []})

    def bare():
        HTML(string=page).write_pdf(stylesheets=[CSS(string=css)])

    def ours():
        draw_and_send(waiting.pop().pk)

    return bare, ours
