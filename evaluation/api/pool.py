"""The pool of a call through the API: people invited together, each answering, by the same acts as on the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.models import User
from accounts.roles import sees_whole_calls
from core.api import Labelled, StampField, VisibleViewSet
from core.found import visible_or_404
from core.numbers import Day, Whole
from evaluation import actions
from evaluation.actions.pool import MOST_INVITED, Reference
from evaluation.api.reading import StepsMixin
from evaluation.api.sending import given
from evaluation.lists import AllPoolsList
from evaluation.models import PoolMember
from evaluation.states import POOL_MEMBER
from programmes.models import Call


class PoolMemberSerializer(StepsMixin, Labelled):
    """`why` is told to the programme office and the auditors; `most` null: no limit."""

    workflow = POOL_MEMBER
    call_reference = serializers.CharField(source="call.reference", read_only=True)
    name = serializers.CharField(source="person.name", read_only=True)
    why = serializers.SerializerMethodField()

    class Meta:
        model = PoolMember
        fields = [
            "id", "call", "call_reference", "person", "name", "status", "task", "work_until", "most", "answer_by",
            "invited_at", "answered_at", "ended_at", "why", "stamp", "steps",
        ]  # fmt: skip

    def get_why(self, row) -> str:
        return row.why if sees_whole_calls(self.context["request"].user) else ""


class InvitingSerializer(serializers.Serializer):
    """Whom, and the terms of reference; all are invited, or nobody."""

    call = serializers.UUIDField()
    people = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST_INVITED)
    task = serializers.CharField(max_length=4000)
    answer_by = Day()
    work_until = Day(required=False, allow_null=True, default=None)
    most = Whole(required=False, allow_null=True, default=None)


class DecliningSerializer(serializers.Serializer):
    why = serializers.CharField(required=False, allow_blank=True, max_length=4000, default="")
    stamp = StampField()


class PoolViewSet(VisibleViewSet):
    queryset = PoolMember.objects.select_related("call", "person")
    serializer_class = PoolMemberSerializer
    workflow = POOL_MEMBER
    row_list = AllPoolsList

    @extend_schema(request=InvitingSerializer, responses={201: PoolMemberSerializer(many=True)})
    def create(self, request):
        """Invite people to a call."""
        said = dict(given(InvitingSerializer, request).validated_data)
        call = visible_or_404(Call, request.user, said.pop("call"))
        people = [visible_or_404(User, request.user, pk) for pk in dict.fromkeys(said.pop("people"))]
        rows = actions.invite_people(call, people, by=request.user, terms=Reference(**said))
        return Response(self.get_serializer(rows, many=True).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=DecliningSerializer, responses={200: PoolMemberSerializer})
    @action(detail=True, methods=["post"])
    def decline(self, request, pk):
        """Say no, with a reason or without one."""
        said = given(DecliningSerializer, request).validated_data
        row = self.get_object()
        row = actions.decline_invitation(row, by=request.user, base=said.get("stamp"), why=said["why"])
        return Response(self.get_serializer(self.again(row)).data)
