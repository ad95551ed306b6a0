"""Changes of the e-mail address of an account, through the API. Both mailboxes speak by their links alone."""

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts import actions
from accounts.models import AddressChange
from accounts.serializers import AddressChangeSerializer, AddressOfSerializer, NewAddressSerializer
from accounts.states import ADDRESS_CHANGE
from core.api import VisibleViewSet, key_of


class AddressChangeViewSet(mixins.ListModelMixin, VisibleViewSet):
    """`steps/stop` ends one; `steps/second` is the word of a second account administrator."""

    queryset = AddressChange.objects.all()
    serializer_class = AddressChangeSerializer
    workflow = ADDRESS_CHANGE
    pagination_class = None

    @extend_schema(responses=AddressChangeSerializer(many=True))
    def list(self, request):
        """Those under way: one's own, or everybody's for an account administrator."""
        rows = self.get_queryset().open().order_by("expires_at")
        return Response(AddressChangeSerializer(rows, many=True).data)

    @extend_schema(request=NewAddressSerializer, responses={201: AddressChangeSerializer})
    def create(self, request):
        """Ask for another address of one's own: both mailboxes get a link, and nothing changes before both agree."""
        given = NewAddressSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        change = AddressChange(person=request.user, **given.validated_data)
        return made(actions.ask_for_address(change, by=request.user, key=key_of(request)))

    @extend_schema(request=AddressOfSerializer, responses={201: AddressChangeSerializer})
    @action(detail=False, methods=["post"], url_path="of-somebody")
    def of_somebody(self, request):
        """Ask for somebody whose mailbox is gone (account administrators only); a second one has to agree."""
        given = AddressOfSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        words = dict(given.validated_data)
        change, reason = AddressChange(person=words["person"], address=words["address"]), words["reason"]
        return made(actions.ask_for_address_of(change, by=request.user, reason=reason, key=key_of(request)))


def made(change):
    return Response(AddressChangeSerializer(change).data, status=status.HTTP_201_CREATED)
