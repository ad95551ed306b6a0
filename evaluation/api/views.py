"""The evaluation through the API: the same rows, the same acts and the same refusals as the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.models import User
from applications.models import Application
from core.api import VisibleViewSet
from core.found import row_or_404, visible_or_404
from evaluation import actions
from evaluation.api.reading import (
    AssessmentSerializer,
    ConsensusSerializer,
    RankedListSerializer,
    SeatSerializer,
)
from evaluation.api.sending import (
    AgreeingSerializer,
    AppointmentToCommitteeSerializer,
    AssignmentSerializer,
    BarSerializer,
    ConflictSerializer,
    DrawingSerializer,
    HandingOnSerializer,
    PassingOverSerializer,
    RapporteurSerializer,
    ScoringSerializer,
    SignatureSerializer,
    TieSerializer,
    given,
)
from evaluation.api.sureness import SurenessSerializer, sureness_of
from evaluation.lists import AssessmentList, ConsensusList, EntryList, RankedListList, SeatList
from evaluation.models import Assessment, Consensus, RankedList, Seat
from evaluation.states import ASSESSMENT, CONSENSUS, RANKED_LIST, SEAT
from programmes.models import Call


class AssessmentViewSet(VisibleViewSet):
    queryset = Assessment.objects.select_related("round", "application__call", "application__applicant", "evaluator")
    serializer_class = AssessmentSerializer
    workflow = ASSESSMENT
    row_list = AssessmentList

    @extend_schema(request=AssignmentSerializer, responses={201: AssessmentSerializer})
    def create(self, request):
        """Assign one evaluator to one application."""
        data = given(AssignmentSerializer, request).validated_data
        application = visible_or_404(Application, request.user, data["application"])
        evaluator = visible_or_404(User, request.user, data["evaluator"])
        row = actions.assign_evaluator(application, evaluator, by=request.user, due_at=data.get("due_at"))
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=AssignmentSerializer(many=True), responses={201: AssessmentSerializer(many=True)})
    @action(detail=False, methods=["post"])
    def assign_all(self, request):
        """Assign all of a list, or none when one is refused; `due_at` of the first counts for all."""
        serializer = AssignmentSerializer(data=request.data, many=True, allow_empty=False)
        serializer.is_valid(raise_exception=True)
        pairs = [
            (visible_or_404(Application, request.user, one["application"]),
             visible_or_404(User, request.user, one["evaluator"]))
            for one in serializer.validated_data
        ]  # fmt: skip
        rows = actions.assign_all(pairs, by=request.user, due_at=serializer.validated_data[0].get("due_at"))
        return Response(self.get_serializer(rows, many=True).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ConflictSerializer, responses={204: None})
    @action(detail=False, methods=["post"])
    def stand_aside(self, request):
        """An officer declares a conflict on an application and loses all access to it."""
        data = given(ConflictSerializer, request).validated_data
        application = visible_or_404(Application, request.user, data["application"])
        row = Assessment(application=application, evaluator=request.user)
        actions.stand_aside(row, by=request.user, reason=data["reason"])
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=BarSerializer, responses={204: None})
    @action(detail=False, methods=["post"])
    def bar_person(self, request):
        """An officer records the conflict of somebody who does not assess the application."""
        data = given(BarSerializer, request).validated_data
        application = visible_or_404(Application, request.user, data["application"])
        row = Assessment(application=application, evaluator=visible_or_404(User, request.user, data["person"]))
        actions.bar_person(row, by=request.user, reason=data["reason"])
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=ScoringSerializer, responses={200: AssessmentSerializer})
    @action(detail=True, methods=["post"])
    def score(self, request, pk):
        """Save points and comments, complete or not."""
        row = actions.score_assessment(self.get_object(), by=request.user, **given(ScoringSerializer, request).details)
        return Response(self.get_serializer(self.again(row)).data)


class ConsensusViewSet(VisibleViewSet):
    queryset = Consensus.objects.select_related("round", "application__call", "rapporteur").prefetch_related(
        "approvals"
    )
    serializer_class = ConsensusSerializer
    workflow = CONSENSUS
    row_list = ConsensusList

    @extend_schema(request=RapporteurSerializer, responses={201: ConsensusSerializer})
    def create(self, request):
        """Appoint the rapporteur, once all evaluators of the application have signed."""
        data = given(RapporteurSerializer, request).validated_data
        application = visible_or_404(Application, request.user, data["application"])
        rapporteur = visible_or_404(User, request.user, data["rapporteur"])
        row = actions.appoint_rapporteur(application, rapporteur, by=request.user)
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=AgreeingSerializer, responses={200: ConsensusSerializer})
    @action(detail=True, methods=["post"])
    def agree(self, request, pk):
        """Save the agreed points and comments, complete or not."""
        row = actions.agree_scores(self.get_object(), by=request.user, **given(AgreeingSerializer, request).details)
        return Response(self.get_serializer(self.again(row)).data)

    @extend_schema(request=HandingOnSerializer, responses={200: ConsensusSerializer})
    @action(detail=True, methods=["post"])
    def hand_on(self, request, pk):
        """Replace the rapporteur by another evaluator of the application."""
        return self.mend(request, HandingOnSerializer, actions.replace_rapporteur, "rapporteur")

    @extend_schema(request=PassingOverSerializer, responses={200: ConsensusSerializer})
    @action(detail=True, methods=["post"])
    def pass_over(self, request, pk):
        """Go on without the approval of one evaluator, who may leave a minority opinion."""
        return self.mend(request, PassingOverSerializer, actions.pass_over_evaluator, "evaluator")

    def mend(self, request, serializer_class, act, who):
        row, data = self.get_object(), dict(given(serializer_class, request).validated_data)
        person = visible_or_404(User, request.user, data.pop(who))
        row = act(row, by=request.user, base=data.pop("stamp", None), **{who: person}, **data)
        return Response(self.get_serializer(self.again(row)).data)


class SeatViewSet(VisibleViewSet):
    queryset = Seat.objects.select_related("call", "member")
    serializer_class = SeatSerializer
    workflow = SEAT
    row_list = SeatList

    @extend_schema(request=AppointmentToCommitteeSerializer, responses={201: SeatSerializer})
    def create(self, request):
        """Appoint a member of the evaluation committee."""
        data = given(AppointmentToCommitteeSerializer, request).validated_data
        call = visible_or_404(Call, request.user, data["call"])
        member = visible_or_404(User, request.user, data["member"])
        row = actions.appoint_member(
            call, member, by=request.user, under_authorising_officer=data["under_authorising_officer"]
        )
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=SignatureSerializer, responses={200: SeatSerializer})
    @action(detail=True, methods=["post"])
    def sign(self, request, pk):
        """Sign the evaluation record: the list whose hash is given, and no other."""
        data = given(SignatureSerializer, request).validated_data
        row = actions.sign_record(self.get_object(), by=request.user, sha256=data["sha256"])
        return Response(self.get_serializer(self.again(row)).data)


class RankedListViewSet(VisibleViewSet):
    queryset = RankedList.objects.select_related("round", "call", "drawn_by").prefetch_related("entries__application")
    serializer_class = RankedListSerializer
    workflow = RANKED_LIST
    row_list = RankedListList
    lists_below = {"entries": EntryList}

    @extend_schema(request=DrawingSerializer, responses={201: RankedListSerializer})
    def create(self, request):
        """Draw up the ranked list of a call from its approved reports."""
        call = visible_or_404(Call, request.user, given(DrawingSerializer, request).validated_data["call"])
        row = actions.draw_up_list(call, by=request.user)
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=TieSerializer, responses={201: RankedListSerializer})
    @action(detail=True, methods=["post"])
    def settle(self, request, pk):
        """Write down the committee's order of an open tie; answers the list that was drawn up anew."""
        row, data = self.get_object(), given(TieSerializer, request).validated_data
        actions.settle_tie(row, by=request.user, base=data.pop("stamp", None), **data)
        following = self.get_queryset().of_last_round(row.call).standing().get()
        return Response(self.get_serializer(following).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={200: SurenessSerializer})
    @action(detail=True, methods=["get"])
    def sureness(self, request, pk):
        """How sure the list is: what could have been, which decisions hang on one person or score, who is stricter,
        who changes as time goes on, how far evaluators agree. It is not the list, and moves nothing of it."""
        ranked_list = row_or_404(RankedList.objects.looked_through_by(request.user).standing(), pk=pk)
        return Response(SurenessSerializer(sureness_of(request.user, ranked_list)).data)

    @action(detail=True, methods=["get"])
    def entries(self, request, pk):
        """The places as the page lists them: filtered and sorted by the same words."""
        rows = EntryList(request.user, request.GET, path=request.path, ranked_list=self.get_object())
        return Response(rows.as_json())
