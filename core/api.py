"""What the API has in common: the same refusals, the same lists, the same steps as the pages."""

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from audit import looks


class StampField(serializers.IntegerField):
    def __init__(self, **kwargs):
        told = {"min_value": 0, "help_text": "The row's stamp as you read it: an older one is refused."}
        super().__init__(**{"required": False, **told, **kwargs})


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
    stamp = StampField()


def files(*kinds):
    """The answer is a file of one of these kinds."""
    return {(200, kind.partition(";")[0]): OpenApiTypes.BINARY for kind in kinds}


class VisibleViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet):
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
        said = {"reason": given.validated_data["reason"], "base": given.validated_data.get("stamp")}
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


def key_of(request):
    """The sender's own key of a request that makes a row: sent again, it makes no second one."""
    return request.headers.get("Idempotency-Key") or None
