"""The life of one application, in its order: what stands in its file, and the diary of each chapter."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.models import TrailRecord
from reports.shown import asked, chapters
from reports.shown.entries import entry_of, kind_of
from reports.shown.looks import who_looked

MOST = 1000  # records; a life has a few hundred, and the trail has them all
OF_THE_CALL = ["publish", "publish_correction", "recall", "cancel", "open_applications", "start_evaluation",
               "evaluate_again", "expire_reserve"]  # fmt: skip

# fmt: off
CHAPTERS = (
    # name          title                                    what stands in it             the acts of
    ("call",        _("The call and its text"),               chapters.corrigenda,          ["call"]),
    ("receipts",    _("The application and its receipts"),    chapters.receipts,            None),
    ("checks",      _("Checks against the announced conditions"), chapters.checks,          ["check"]),
    ("clarifications", _("Clarifications"),                   asked.clarifications,         ["clarification"]),
    ("hearings",    _("Notices before an adverse decision"),  asked.hearings,               ["hearing"]),
    ("assessments", _("Evaluators, their declarations and assessments"), chapters.assessments, ["assessment"]),
    ("consensus",   _("Consensus"),                           chapters.consensus_reports,   ["consensus"]),
    ("places",      _("Place on the ranked list"),            chapters.places,              ["rankedlist", "seat"]),
    ("decision",    _("Award decision"),                      chapters.decision_lines,      ["decision"]),
    ("letters",     _("Letters"),                             chapters.letters,             ["letter"]),
    ("offers",      _("Offers from the reserve list"),        chapters.offers,              ["offer"]),
    ("redress",     _("Requests for review"),                 chapters.redress,             ["redress"]),
    ("looks",       _("Who looked"),                          who_looked,                   ["lookblock"]),
)
# fmt: on
BETWEEN_COLLEAGUES = Q(act__startswith="remark.") | Q(act__startswith="duty.")
NAMED = {kind for *_more, kinds in CHAPTERS for kind in kinds or ()}


def life_of(application, user):
    """{"chapters": each with something in it, "is_cut": whether there are more records than the page shows}."""
    tables = [(name, title, stands(application, user), kinds) for name, title, stands, kinds in CHAPTERS]
    urls = {key: url for _name, _title, table, _kinds in tables for key, url in table.urls.items()}
    own = list(records_of(application.chain, user)[: MOST + 1])
    records = [*own[:MOST], *records_of_the_call(application, user, urls)]
    shown = [chapter(name, title, table, entries_in(records, kinds, urls)) for name, title, table, kinds in tables]
    return {"chapters": [one for one in shown if one["rows"] or one["entries"]], "is_cut": len(own) > MOST}


def records_of(chain, user):
    """What its owners said to each other beside it is no part of its life."""
    return TrailRecord.objects.visible_to(user).of_chain(chain).exclude(BETWEEN_COLLEAGUES)


def records_of_the_call(application, user, urls):
    """What befell the call, its lists and its decisions, as far as this application stands in them."""
    rows = records_of(application.call.chain, user)
    acts = [f"call.{name}" for name in OF_THE_CALL]
    return list((rows.filter(act__in=acts) | rows.filter(subject_id__in=urls))[:MOST])


def entries_in(records, kinds, urls):
    """Those of these kinds of rows; with None, those of no chapter."""
    mine = (one for one in records if (kind_of(one) in kinds if kinds else kind_of(one) not in NAMED))
    return [entry_of(one, urls.get(one.subject_id, "")) for one in mine]


def chapter(name, title, table, entries):
    return {"name": name, "title": title, "columns": table.columns, "rows": table.rows, "entries": entries}
