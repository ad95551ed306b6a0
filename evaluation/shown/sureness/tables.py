"""The same figures as rows of a file, and how they are made."""

from collections import Counter

from django.utils.translation import gettext as _

from core.formats import percent
from evaluation.shown.sureness.decisions import decisions_file
from evaluation.shown.sureness.drift import drift_table
from evaluation.shown.sureness.people import agreement_table, people_table
from evaluation.shown.sureness.ranks import ranks_file
from evaluation.sureness import DRAWS, MOVED, SEED

PAGE = 25
FILES = {
    "ranks": lambda judged, found, names: ranks_file(judged, found),
    "decisions": decisions_file,
    "evaluators": lambda judged, found, names: people_table(found.severities, names),
    "drift": lambda judged, found, names: drift_table(found.drifts, names),
    "agreement": lambda judged, found, names: agreement_table(judged, found),
}


def said_of(judged):
    """How the figures are made, sentence by sentence."""
    several = [line for line, number in Counter(one.line for one in judged.given).items() if number > 1]
    words = {
        "part": percent(MOVED),
        "draws": DRAWS,
        "seed": SEED,
        "single": len(judged.proposals) - len(several),
        "given": len(judged.given),
    }
    return [
        _("They rest on this list's agreed points and on the %(given)d signed assessments beside them.") % words,
        _("What evaluators would have agreed on without one of them nobody knows: here the agreed points move by as "
          "much as the mean of the individual ones, within the scale. %(single)d applications have one assessment or "
          "none; without their evaluator they keep their points.") % words,
        _("Weights: one at a time, %(part)s up and down; the overall threshold keeps its share of the maximum.")
        % words,
        _("Noise: each score of each evaluator moves by lot by up to half a step either way; %(draws)d draws with the "
          "announced number %(seed)d, so that they come again the same.") % words,
        _("One score: each score of each evaluator in turn one step up and one step down, everything else as it is."),
        _("Equal totals are decided as the call announced; where only the committee decided, its order stays."),
        _("Stricter or milder: total = application + evaluator + chance, evaluators spread around nothing (mixed "
          "model, REML); whoever gave few assessments is drawn towards nothing. Ring and spread are the plain "
          "differences from the others' mean on the same application."),
        _("Drift: those differences in the order in which the assessments were signed, the earlier half against the "
          "later one. What the others did meanwhile is in it; an assessment that was opened again counts by its last "
          "signature."),
        _("Agreement: Krippendorff's alpha for intervals; its limits by drawing the applications anew 500 times."),
    ]  # fmt: skip
