"""What the API has in common: the same refusals, the same lists, the same steps as the pages."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema, inline_serializer
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core.errors import Refused


def refusal_handler(exception, context):
    """A refusal says the same sentence here as on the page."""
    if isinstance(exception, Refused):
        return Response({"detail": str(exception.sentence), "gaps": texts(exception.gaps)}, status=exception.status)
    return exception_handler(exception, context)


def texts(gaps):
    return {name: str(sentence) for name, sentence in gaps.items()}


class StampField(serializers.IntegerField):
    def __init__(self, **kwargs):
        told = {"min_value": 0, "help_text": "The row's stamp as you read it: an older one is refused."}
        super().__init__(**{"required": False, **told, **kwargs})


class StepSerializer(serializers.Serializer):
    """What a step takes besides its name; particular steps add their fields."""

    reason = serializers.CharField(required=False, allow_blank=True, default="")
    stamp = StampField()


REFUSAL = OpenApiResponse(
    inline_serializer("Refusal", {"detail": serializers.CharField(), "gaps": serializers.DictField()}),
    description="Refused: `detail` says why, `gaps` names fields. Nothing has changed.",
)
REFUSALS = {400: REFUSAL, 403: REFUSAL, 404: OpenApiResponse(description="Not there, or not for you."), 409: REFUSAL}


class VisibleViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Rows through `visible_to`, lists through the page's own list, acts through the page's own workflow."""

    workflow = None
    row_list = None  # a core.lists.RowList subclass: page, API and export show the same
    lookup_value_regex = "[0-9a-f-]{36}"
    swagger_fake_view = False

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset.none()
        return self.queryset.visible_to(self.request.user)

    @extend_schema(
        responses=inline_serializer(
            "ListPage",
            {
                "count": serializers.CharField(help_text="Capped: “1000+” when there are more."),
                "next": serializers.CharField(allow_null=True),
                "previous": serializers.CharField(allow_null=True),
                "results": serializers.ListField(child=serializers.DictField()),
            },
        )
    )
    def list(self, request):
        return Response(self.row_list(request.user, request.GET, path=request.path).as_json())

    @extend_schema(
        request=StepSerializer,
        responses={
            200: OpenApiResponse(description="Done."),
            202: OpenApiResponse(description="Promised: `Location` tells how far it has come."),
            **REFUSALS,
        },
    )
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


def visible_or_404(model, user, pk):
    return get_object_or_404(model.objects.visible_to(user), pk=pk)
