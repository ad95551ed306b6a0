"""Every list of the house: where it stands as a page, where programs ask for it, and who reads it there."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.urls import reverse
from hypothesis import strategies as st

from accounts.lists import AccessLineList, AccessReviewList, OrganisationList, PeopleList
from applications.lists import CheckList, OpenedApplications, OwnApplications
from awards.lists import DecisionList, LetterList, OfferList, PublishedList, RedressList
from core.lists import RowList
from evaluation.lists import (
    AllPoolsList,
    AssessmentList,
    ConsensusList,
    EntryList,
    PoolList,
    ProgressList,
    RankedListList,
    RegisterList,
    RulingList,
    ScenarioList,
    SeatList,
    ToInviteList,
)
from evaluation.lists import CallList as CallsUnderEvaluation
from programmes.lists import CallList, FundList
from promises.lists import PromiseList
from reports.lists import AccessList, FileList, FindingList, PackList, ProofRunList, SampleList, TrailList
from tests.lists import context_of


@dataclass(frozen=True)
class Shown:
    """`who` names a person of the world; `page` and `api` are names of addresses, empty where there is none."""

    kind: type
    who: str
    page: str = ""
    api: str = ""

    def __str__(self):
        return f"{self.kind.__module__}.{self.kind.__name__} for {self.who}"

    def address(self, world, name):
        """A list below another row is that of the decided call."""
        return reverse(name, args=[of.pk for of in self.of(world).values()])

    def rows(self, world, params):
        """The list itself, as page, file and API make it."""
        return self.kind(world.people[self.who], params, **self.of(world))

    def of(self, world):
        return context_of(self.kind, lambda: world.decided.ranked_list.call)


LISTS = [
    Shown(PeopleList, "admin", "accounts", "api-people-list"),
    Shown(PeopleList, "owner", "accounts", "api-people-list"),
    Shown(AccessReviewList, "auditor", "access_reviews", "api-access-reviews-list"),
    Shown(AccessLineList, "admin", "access_review", "api-access-reviews-lines"),
    Shown(OrganisationList, "admin", "organisations", "api-organisations-list"),
    Shown(CallList, "officer", "calls", "api-calls-list"),
    Shown(CallList, "owner", "calls", "api-calls-list"),
    Shown(FundList, "auditor", "funds", "api-funds-list"),
    Shown(PromiseList, "officer", "promises", "api-promises-list"),
    Shown(OwnApplications, "owner", "applications", "api-applications-list"),
    Shown(OpenedApplications, "auditor", "applications", "api-applications-list"),
    Shown(OpenedApplications, "evaluator", "applications", "api-applications-list"),
    Shown(CheckList, "officer", "", "api-checks-list"),
    Shown(RegisterList, "officer", "evaluators", "api-evaluators-list"),
    Shown(PoolList, "auditor", "pool", ""),
    Shown(ToInviteList, "officer", "pool_choose", ""),
    Shown(AllPoolsList, "evaluator", "", "api-pool-members-list"),
    Shown(RulingList, "auditor", "", "api-conflict-rulings-list"),
    Shown(AssessmentList, "auditor", "assessments", "api-assessments-list"),
    Shown(AssessmentList, "evaluator", "assessments", "api-assessments-list"),
    Shown(ConsensusList, "authorising", "consensus_reports", "api-consensus-reports-list"),
    Shown(SeatList, "auditor", "", "api-seats-list"),
    Shown(RankedListList, "auditor", "ranked_lists", "api-ranked-lists-list"),
    Shown(EntryList, "auditor", "ranked_list", "api-ranked-lists-entries"),
    Shown(ScenarioList, "auditor", "scenarios", ""),
    Shown(ProgressList, "officer", "evaluation_of_call", ""),
    Shown(ProgressList, "auditor", "evaluation_of_call", ""),
    Shown(CallsUnderEvaluation, "officer", "evaluation", ""),
    Shown(DecisionList, "authorising", "awards", "api-decisions-list"),
    Shown(LetterList, "auditor", "letters", "api-letters-list"),
    Shown(LetterList, "owner", "letters", "api-letters-list"),
    Shown(PublishedList, "owner", "published", "api-published-awards-list"),
    Shown(OfferList, "auditor", "", "api-offers-list"),
    Shown(RedressList, "auditor", "redresses", "api-redress-list"),
    Shown(FileList, "officer", "reports", "api-report-files-list"),
    Shown(PackList, "auditor", "packs", ""),
    Shown(SampleList, "auditor", "samples", ""),
    Shown(FindingList, "auditor", "findings", "api-findings-list"),
    Shown(FindingList, "owner", "findings", "api-findings-list"),
    Shown(ProofRunList, "auditor", "proof_runs", "api-proof-runs-list"),
    Shown(AccessList, "auditor", "looks", ""),
    Shown(AccessList, "national", "looks", ""),
    Shown(TrailList, "auditor", "trail", "api-trail-list"),
    Shown(TrailList, "national", "trail", "api-trail-list"),
]
WORDS = st.sampled_from(["a", "CANARY", "ISFP", "Ελλην", "%", "_", "\\", "'", "0", "e", "  network  ", "ß", "€", "é"])
DAYS = st.dates(date(2019, 1, 1), date(2031, 12, 31)).map(str)


def declared(kind=RowList):
    """Every list that any app declares."""
    for one in kind.__subclasses__():
        yield one
        yield from declared(one)


def asked(draw, rows):
    """What somebody may ask of this list: any of its filters with a value it offers, any of its orders."""
    params = {}
    for name, field in rows.filter_form.fields.items():
        if draw(st.booleans(), label=f"by {name}"):
            params[name] = draw(values_of(field), label=name)
    names = [column.name for column in rows.columns if column.sort]
    if draw(st.booleans(), label="sorted"):
        params["sort"] = draw(st.sampled_from(["", "-"])) + draw(st.sampled_from(names))
    return params


def values_of(field):
    if isinstance(field, forms.ChoiceField):
        return st.sampled_from([str(value) for value, _label in field.choices])
    return DAYS if isinstance(field, forms.DateField) else WORDS
