"""What the API has in common: the same refusals, the same lists, the same steps as the pages."""

from functools import partial

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle

from audit import looks
from core.bodies import asks_for_version, require_known
from core.conditional import matched, tagged
from core.numbers import Whole
from core.once import key_of, once
from core.versions import BASED, MATCH

SEEN = "The row's stamp as you read it: an older one is refused."
WANTED = SEEN + " It is asked for, unless `If-Match` says the same."
CHANGING = ("post", "put", "patch", "delete")


class StampField(Whole):
    """`wanted`: the act writes over what somebody else may have written, so it says on what it is based; not so where
    nothing but `spared` members are sent."""

    def __init__(self, *, wanted=False, spared=(), **kwargs):
        self.is_wanted, self.spared = wanted, frozenset(spared)
        told = {"min_value": 0, "help_text": WANTED if wanted else SEEN}
        super().__init__(**{"required": False, **told, **kwargs})

    def is_wanted_for(self, said):
        return not said or not said.keys() <= self.spared


class Labelled(serializers.ModelSerializer):
    """What goes out of a row: beside each of its codes stand its words."""

    def get_fields(self):
        fields = super().get_fields()
        codes = [name for name, field in fields.items() if self.is_code(name, field)]
        for name in codes:
            fields[f"{name}_label"] = serializers.CharField(source=f"get_{name}_display", read_only=True)
        return fields

    def is_code(self, name, field):
        return isinstance(field, serializers.ChoiceField) and hasattr(self.Meta.model, f"get_{name}_display")


class StepSerializer(serializers.Serializer):
    """What a step takes besides its name; particular steps add their fields."""

    reason = serializers.CharField(required=False, allow_blank=True, default="")
    meant = serializers.BooleanField(
        default=False, help_text="Your word that it is meant, where a refusal asks for it by this name."
    )
    stamp = StampField()


def files(*kinds):
    """The answer is a file of one of these kinds."""
    return {(200, kind.partition(";")[0]): OpenApiTypes.BINARY for kind in kinds}


class Careful:
    """What every view of the API has that is asked by somebody: nothing that is sent is passed over, a POST with a key
    is done once, a row is changed only as it was read, what was read already is not sent again."""

    is_secret = False  # what it answers is told once and not kept
    keeps_its_keys = ()  # actions that know the sender's key themselves

    def dispatch(self, request, *args, **kwargs):
        asked, based = MATCH.set(None), BASED.set(False)
        try:
            return super().dispatch(request, *args, **kwargs)
        finally:
            MATCH.reset(asked)
            BASED.reset(based)

    def initial(self, request, *args, **kwargs):
        """The act of this request is put into its frame, now that it is known who asks."""
        super().initial(request, *args, **kwargs)
        method = request.method.lower()
        if method in CHANGING and hasattr(self, method):
            setattr(self, method, partial(self.in_its_frame, request, getattr(self, method)))

    def in_its_frame(self, request, act, *args, **kwargs):
        BASED.set(asks_for_version(*require_known(self, request)))
        act = partial(matched, request, self.row_of_the_address, partial(act, *args, **kwargs))
        if request.method != "POST" or not key_of(request):
            return act()
        keeps_itself = getattr(self, "action", "") in self.keeps_its_keys
        return once(request, act, is_secret=self.is_secret, keeps_itself=keeps_itself)

    def row_of_the_address(self):
        return self.get_object() if getattr(self, "detail", False) else None

    def finalize_response(self, request, response, *args, **kwargs):
        answer = super().finalize_response(request, response, *args, **kwargs)
        reads = request.method in ("GET", "HEAD")
        if reads and answer.status_code == status.HTTP_200_OK and isinstance(answer, Response):
            tagged(request, answer)
        return answer


class OpenReading(AnonRateThrottle):
    """Of whoever has no token, by network address."""

    scope = "open"


class Open:
    """Mixed into what anybody may read, without a token; the rest of its operations asks for one as ever."""

    open_to_all = ("list", "retrieve")
    throttle_classes = (OpenReading,)

    def get_permissions(self):
        return [AllowAny()] if self.action in self.open_to_all else super().get_permissions()


class VisibleViewSet(Careful, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Rows through `visible_to`, lists through the page's own list, acts through the page's own workflow."""

    workflow = None
    row_list = None  # a core.lists.RowList subclass: page, API and export show the same
    row_lists = ()  # each of them, where the reader decides
    lists_below = {}
    described_as = None  # a serializer, where the reader decides which one answers
    lookup_value_regex = "[0-9a-f-]{36}"
    swagger_fake_view = False

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset.none()
        return self.queryset.visible_to(self.request.user)

    def get_object(self):
        """As for pages: the access log is told of it."""
        try:
            row = super().get_object()
        except Http404:
            looks.missed(self.queryset.model, self.kwargs.get("pk"))
            raise
        looks.saw(row)
        return row

    def list(self, request):
        """The list of the page, with its filters and orders."""
        return Response(self.row_list(request.user, request.GET, path=request.path).as_json())

    @extend_schema(request=StepSerializer)
    @action(detail=True, methods=["post"], url_path=r"steps/(?P<step>[a-z_]+)")
    def take_step(self, request, pk, step):
        """Take a step that needs no more than a reason."""
        row = self.get_object()
        chosen = self.workflow.steps.get(step)
        if chosen is None or chosen.page:
            raise Http404
        given = StepSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        said["base"] = said.pop("stamp", None)
        taken = self.workflow.run(step, row, by=request.user, **said)
        return self.taken(chosen, taken)

    def taken(self, step, row):
        """200 when it is done; 202 when it is owed, with the address that tells how far it has come."""
        data = self.get_serializer(self.again(row)).data
        if not step.looked_at:
            return Response(data)
        where = self.reverse_action(step.looked_at, args=[row.pk])
        return Response(data, status=status.HTTP_202_ACCEPTED, headers={"Location": where})

    def again(self, row):
        """The row as its serializer wants it; a step may have hidden it from its taker."""
        return self.get_queryset().filter(pk=row.pk).first() or row
