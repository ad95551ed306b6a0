"""What became of a form between two of its states, in sentences for whoever had the older one before them."""

from django.utils.translation import gettext as _

from programmes.form_parts import OFFERED
from programmes.form_questions.kinds import PART, code_of, questions_in


def form_difference(was, now):
    was, now = was or [], now or []
    told = [*parts_difference(was, now), *questions_difference(questions_in(was), questions_in(now))]
    return " ".join(told) or _("The parts or the questions of the form stand in another order.")


def parts_difference(was, now):
    before, after = ([one["part"] for one in form if one["part"] != PART] for form in (was, now))
    yield from (_("Part added: “%s”.") % label(name) for name in after if name not in before)
    yield from (_("Part taken out: “%s”.") % label(name) for name in before if name not in after)


def label(name):
    return OFFERED[name].label if name in OFFERED else name


def questions_difference(was, now):
    """One whose words are others is another question, as for its answers."""
    before, after = ({code_of(one): one for one in questions} for questions in (was, now))
    yield from (_("Question added: “%s”.") % one["question"] for code, one in after.items() if code not in before)
    yield from (_("Question taken out: “%s”.") % one["question"] for code, one in before.items() if code not in after)
    yield from (
        _("Question changed: “%s”.") % one["question"]
        for code, one in after.items() if code in before and before[code] != one
    )  # fmt: skip
