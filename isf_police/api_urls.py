"""The addresses of the API: one router entry per kind of row, and the documentation."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from rest_framework.routers import SimpleRouter

from accounts.api import (
    AccessLineViewSet,
    AccessReviewViewSet,
    AddressChangeViewSet,
    InvitationViewSet,
    JoinView,
    MembershipViewSet,
    OrganisationViewSet,
    PersonViewSet,
    RegisterView,
    TokenView,
)
from applications.api import (
    ApplicationViewSet,
    CheckBatchViewSet,
    CheckViewSet,
    DutyViewSet,
    ParticipationViewSet,
    RemarkViewSet,
)
from awards.api import DecisionViewSet, LetterViewSet, OfferViewSet, PublishedViewSet, RedressViewSet
from core.problems import ProblemsView
from evaluation.api import (
    AssessmentViewSet,
    BatchViewSet,
    ConsensusViewSet,
    PoolViewSet,
    RankedListViewSet,
    RegisterViewSet,
    RulingViewSet,
    ScenarioViewSet,
    SeatViewSet,
)
from isf_police import views
from isf_police.interface import DocumentView
from programmes.api import CallViewSet, FundViewSet, QuestionViewSet
from promises.api import PromiseViewSet
from reports.api import (
    FindingViewSet,
    ProofRunViewSet,
    ReportFileViewSet,
    ReportViewSet,
    StatusView,
    TrailViewSet,
)

router = SimpleRouter()
router.register("people", PersonViewSet, "api-people")
router.register("memberships", MembershipViewSet, "api-memberships")
router.register("address-changes", AddressChangeViewSet, "api-address-changes")
router.register("access-reviews", AccessReviewViewSet, "api-access-reviews")
router.register("access-lines", AccessLineViewSet, "api-access-lines")
router.register("organisations", OrganisationViewSet, "api-organisations")
router.register("invitations", InvitationViewSet, "api-invitations")
router.register("funds", FundViewSet, "api-funds")
router.register("calls", CallViewSet, "api-calls")
router.register("questions", QuestionViewSet, "api-questions")
router.register("promises", PromiseViewSet, "api-promises")
router.register("reports", ReportViewSet, "api-reports")
router.register("report-files", ReportFileViewSet, "api-report-files")
router.register("proof-runs", ProofRunViewSet, "api-proof-runs")
router.register("findings", FindingViewSet, "api-findings")
router.register("trail", TrailViewSet, "api-trail")
router.register("applications", ApplicationViewSet, "api-applications")
router.register("participations", ParticipationViewSet, "api-participations")
router.register("remarks", RemarkViewSet, "api-remarks")
router.register("duties", DutyViewSet, "api-duties")
router.register("checks", CheckViewSet, "api-checks")
router.register("check-batches", CheckBatchViewSet, "api-check-batches")
router.register("evaluators", RegisterViewSet, "api-evaluators")
router.register("pool-members", PoolViewSet, "api-pool-members")
router.register("conflict-rulings", RulingViewSet, "api-conflict-rulings")
router.register("assessments", AssessmentViewSet, "api-assessments")
router.register("assignment-batches", BatchViewSet, "api-assignment-batches")
router.register("consensus-reports", ConsensusViewSet, "api-consensus-reports")
router.register("seats", SeatViewSet, "api-seats")
router.register("ranked-lists", RankedListViewSet, "api-ranked-lists")
router.register("scenarios", ScenarioViewSet, "api-scenarios")
router.register("decisions", DecisionViewSet, "api-decisions")
router.register("published-awards", PublishedViewSet, "api-published-awards")
router.register("letters", LetterViewSet, "api-letters")
router.register("offers", OfferViewSet, "api-offers")
router.register("redress", RedressViewSet, "api-redress")

urlpatterns = [
    path("schema/", login_not_required(DocumentView.as_view()), name="schema"),
    path("docs/", views.api_docs, name="api_docs"),
    path("docs/<slug:name>/", views.api_group, name="api_group"),
    path("status/", login_not_required(StatusView.as_view()), name="api_status"),
    path("problems/", login_not_required(ProblemsView.as_view()), name="api_problems"),
    path("register/", login_not_required(RegisterView.as_view()), name="api_register"),
    path("join/", login_not_required(JoinView.as_view()), name="api_join"),
    path("token/", login_not_required(TokenView.as_view()), name="api_token"),
    path("", include(router.urls)),
]
