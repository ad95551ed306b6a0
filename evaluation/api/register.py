"""The register of evaluators through the API: the page's list, one entry, and one's own kept by the same act."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api import StampField, VisibleViewSet
from core.numbers import Whole
from evaluation import actions
from evaluation.api.reading import StepsMixin
from evaluation.api.sending import given
from evaluation.lists import RegisterList
from evaluation.models import RegisterEntry
from evaluation.states import ENTRY


class RegisterEntrySerializer(StepsMixin, serializers.ModelSerializer):
    """`actions` are “fund:code”, `languages` ISO 639-1, `absences` ISO 8601 intervals; `most` null: no limit."""

    workflow = ENTRY
    name = serializers.CharField(source="person.name", read_only=True)

    class Meta:
        model = RegisterEntry
        fields = [
            "id", "person", "name", "keywords", "actions", "languages", "most", "absences", "kept_at", "stamp", "steps",
        ]  # fmt: skip


class KeepingSerializer(serializers.Serializer):
    """What is left out stays as it is."""

    keywords = serializers.ListField(child=serializers.CharField(), required=False)
    actions = serializers.ListField(child=serializers.CharField(), required=False)
    languages = serializers.ListField(child=serializers.CharField(), required=False)
    most = Whole(required=False, allow_null=True)
    absences = serializers.ListField(child=serializers.CharField(), required=False)
    stamp = StampField()


class RegisterViewSet(VisibleViewSet):
    queryset = RegisterEntry.objects.select_related("person")
    serializer_class = RegisterEntrySerializer
    workflow = ENTRY
    row_list = RegisterList

    @extend_schema(request=KeepingSerializer, responses={200: RegisterEntrySerializer})
    @action(detail=False, methods=["post"])
    def keep(self, request):
        """Keep one's own entry: it is made where there is none yet."""
        said = dict(given(KeepingSerializer, request).validated_data)
        row = actions.keep_entry(by=request.user, base=said.pop("stamp", None), said=said)
        return Response(self.get_serializer(row).data)
