"""What the people of the walks write: one call, three proposals, the judgements of them."""

from datetime import timedelta

from applications.models import Application
from core import clock
from core.fields import BRUSSELS

REFERENCE = "ISF-2026-TF2-AG-WALK"
PEOPLE = {  # name, role, organisational entity, Member State
    "officer": ("Marta Novák", "OFFICER", "HOME.E.1", ""),
    "second": ("Luc Lambert", "OFFICER", "HOME.E.2", ""),
    "aino": ("Aino Mäkinen", "EVALUATOR", "EUROPOL", "FI"),
    "rui": ("Rui Pereira", "EVALUATOR", "HOME.D.1", "PT"),
    "kaja": ("Kaja Tamm", "EVALUATOR", "CEPOL", "EE"),
    "sanne": ("Sanne de Vries", "EVALUATOR", "HOME.D.2", "NL"),  # of an applicant's Member State
    "decider": ("Ingrid Lindqvist", "AUTHORISING", "HOME.E", ""),
    "auditor": ("Bohdan Auditor", "AUDITOR", "ECA", ""),
}
EVALUATORS = ("aino", "rui", "kaja")
NETHERLANDS = {"name": "Korps Nationale Politie", "member_state": "NL", "kind": "LAW", "address": "Den Haag"}
GREECE = {
    "name": "Ελληνική Αστυνομία", "latin_name": "Elliniki Astynomia", "member_state": "EL", "kind": "LAW",
    "address": "Λεωφόρος Κατεχάκη 4\nΑθήνα",
}  # fmt: skip
CRITERIA = [
    {"code": "REL", "title": "Relevance", "question": "Does it answer the need?", "maximum": "40", "step": "1",
     "threshold": "25"},
    {"code": "QUA", "title": "Quality", "question": "Is it well made?", "maximum": "40", "step": "1", "threshold": ""},
    {"code": "IMP", "title": "Impact", "question": "Does it last?", "maximum": "20", "step": "0.5", "threshold": ""},
]  # fmt: skip
SCORES = {  # application: evaluator: points; what is agreed stands under "agreed"
    "NETWATCH": {"aino": (36, 34, 16), "rui": (34, 36, "15.5"), "kaja": (38, 33, 17), "agreed": (36, 34, 16)},
    "SAFEPORT": {"aino": (30, 31, 14), "rui": (31, 30, 14), "kaja": (30, 30, 15), "agreed": (30, 30, "14.5")},
}


def wall(moment):
    """As one types it into the form: Brussels time to the second."""
    return moment.astimezone(BRUSSELS).strftime("%Y-%m-%dT%H:%M:%S")


def the_call(at):
    """Fields of the call as the officer fills them in; opened an hour ago, closes in a month."""
    closes = at + timedelta(days=30)
    return {
        "topic": "Online fraud across borders: joint analysis, shared tools, training.",
        "objectives": ["A", "B"], "actions": ["a", "b", "c"],
        "opens_at": at - timedelta(hours=1), "closes_at": closes, "inform_by": (closes + timedelta(days=170)).date(),
        "min_partners": 2, "min_states": 2, "required_attachments": ["DESCRIPTION"], "budget": "500000",
        "min_contribution": "250000", "max_contribution": "500000", "max_rate": "90", "max_months": 24,
        "evaluators_wanted": 3, "overall_threshold": "70", "tie_break": "REL, QUA, TIME, COMMITTEE",
    }  # fmt: skip


def proposal(acronym, title, *, costs, asked, own, partner="", country=""):
    """What one authority says: `costs` are direct, of the coordinator's staff and of the partner's equipment."""
    return {
        "acronym": acronym, "title": title, "costs": costs, "requested": asked, "own_resources": own,
        "partner": partner, "country": country, "summary": f"{acronym} in plain words.",
        "description": f"Needs, activities and expected results of {acronym}.",
        "starts_on": (clock.now() + timedelta(days=300)).date().isoformat(),
    }  # fmt: skip


def netwatch():
    return proposal(
        "NETWATCH", "Joint analysis of online fraud", costs=("300 000", "200.000,00"), asked="481500.00",
        own="53 500,00", partner="Il-Korp tal-Pulizija ta’ Malta", country="MT",
    )  # fmt: skip


def safeport():
    return proposal(
        "SAFEPORT", "Ασφαλή λιμάνια: safer ports", costs=("250000", "150000"), asked="385200", own="42800",
        partner="Главна дирекция Национална полиция", country="BG",
    )  # fmt: skip


def lonely():
    """One organisation where two are wanted: the warning says so, and so does the letter."""
    return proposal("LONELY", "Alone in the field", costs=("300000",), asked="288900", own="32100")


def number_of(acronym):
    """Which number an application was given; nobody can tell beforehand."""
    return Application.objects.get(acronym=acronym).reference
