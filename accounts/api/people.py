"""People and their roles through the API."""

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts import actions
from accounts.lists import PeopleList
from accounts.models import Membership, Session, User
from accounts.serializers import (
    ClosingSerializer,
    EndingSerializer,
    HandingOverSerializer,
    MailsSerializer,
    MembershipSerializer,
    PersonSerializer,
    PersonsMailsSerializer,
    SessionSerializer,
)
from accounts.states import MEMBERSHIP, USER
from core.api import VisibleViewSet, key_of


class PersonViewSet(VisibleViewSet):
    """Colleagues, or everybody; `steps/reopen` opens a closed account again."""

    queryset = User.objects.people()
    serializer_class = PersonSerializer
    row_list = PeopleList
    workflow = USER

    def get_queryset(self):
        return super().get_queryset() if self.swagger_fake_view else User.objects.people().listed_for(self.request.user)

    @extend_schema(request=ClosingSerializer, responses={200: PersonSerializer})
    @action(detail=True, methods=["post"])
    def close(self, request, pk):
        """Close an account, with a reason; where somebody has to follow, with the address of who does."""
        words = cleaned(ClosingSerializer(data=request.data))
        return Response(PersonSerializer(actions.close_account(self.get_object(), by=request.user, **words)).data)

    @extend_schema(responses=PersonSerializer)
    @action(detail=False, methods=["get"])
    def me(self, request):
        """Who this token speaks for."""
        return Response(PersonSerializer(request.user).data)

    @extend_schema(responses=PersonsMailsSerializer)
    @action(detail=False, methods=["get"])
    def mails(self, request):
        """How one is told by mail that something waits, kind by kind, and what else could be chosen."""
        return Response(PersonsMailsSerializer(request.user).data)

    @extend_schema(request=MailsSerializer, responses={200: PersonsMailsSerializer})
    @mails.mapping.put
    def choose_mails(self, request):
        """Choose the pace of some kinds; what is left out stays."""
        words = cleaned(MailsSerializer(data=request.data))
        return Response(PersonsMailsSerializer(actions.choose_mails(by=request.user, **words)).data)

    @extend_schema(responses=SessionSerializer(many=True))
    @action(detail=False, methods=["get"], pagination_class=None)
    def sessions(self, request):
        """Where one is signed in by a browser, the last used first."""
        return Response(SessionSerializer(Session.objects.visible_to(request.user), many=True).data)

    @extend_schema(request=EndingSerializer, responses={200: SessionSerializer(many=True)})
    @action(detail=False, methods=["post"], url_path="sessions/end")
    def end_sessions(self, request):
        """End one session, or all but the one this request comes from."""
        if name := cleaned(EndingSerializer(data=request.data)).get("session"):
            actions.end_session(name, by=request.user)
        else:
            actions.end_other_sessions(by=request.user, keep=request.session.session_key)
        return self.sessions(request)


class MembershipViewSet(mixins.ListModelMixin, VisibleViewSet):
    """What people are here, from when, until when; `steps/end` ends one, with a reason."""

    queryset = Membership.objects.select_related("person", "organisation")
    serializer_class = MembershipSerializer
    workflow = MEMBERSHIP
    pagination_class = None

    @extend_schema(responses=MembershipSerializer(many=True))
    def list(self, request):
        """Those in force, of everybody one sees."""
        rows = self.get_queryset().in_force().order_by("person__name", "from_at")
        return Response(MembershipSerializer(rows, many=True).data)

    @extend_schema(request=MembershipSerializer, responses={201: MembershipSerializer})
    def create(self, request):
        """Give somebody a role (account administrators only)."""
        words = cleaned(MembershipSerializer(data=request.data))
        row = actions.grant_membership(Membership(**words), by=request.user, key=key_of(request))
        return Response(MembershipSerializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=HandingOverSerializer, responses={200: MembershipSerializer})
    @action(detail=True, methods=["post"])
    def hand_over(self, request, pk):
        """End a role and give the same to somebody else."""
        words = cleaned(HandingOverSerializer(data=request.data))
        row = actions.hand_over_membership(self.get_object(), by=request.user, **words)
        return Response(MembershipSerializer(row).data)


def cleaned(serializer):
    """What the act takes: the stamp that was read is its `base`."""
    serializer.is_valid(raise_exception=True)
    words = dict(serializer.validated_data)
    base = words.pop("stamp", None)
    return words if base is None else words | {"base": base}
