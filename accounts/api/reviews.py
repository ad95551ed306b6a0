"""Reviews of access through the API: the same list, the same decisions, many at once."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts import actions
from accounts.actions.reviews import MOST_KEPT
from accounts.api.people import cleaned
from accounts.lists import AccessLineList, AccessReviewList
from accounts.models import AccessLine, AccessReview
from accounts.serializers import ClosingSerializer
from accounts.states import ACCESS_LINE, ACCESS_REVIEW
from core.api import Labelled, StampField, VisibleViewSet, key_of

MARK = "The line's mark as you read it: refused if the line or its person changed since."


class AccessReviewSerializer(Labelled):
    class Meta:
        model = AccessReview
        fields = ["id", "opened_by", "opened_at", "decide_by", "told_at", "ended_by", "ended_at", "status", "stamp"]
        read_only_fields = [one for one in fields if one != "decide_by"]


class AccessLineSerializer(Labelled):
    """A role as it stood when the review was opened. `tokens`: [{name, start, used}]; `mark`: what you have seen."""

    mark = serializers.CharField(read_only=True)

    class Meta:
        model = AccessLine
        fields = [
            "id", "review", "person", "membership", "name", "email", "role", "place", "member_state", "from_at",
            "until_at", "appointed", "signed_in_at", "has_factor", "tokens", "decided_by", "decided_at", "reason",
            "closed_account", "status", "mark", "stamp",
        ]  # fmt: skip
        read_only_fields = fields


class SeenSerializer(serializers.Serializer):
    told_apart_by = ("id",)

    id = serializers.UUIDField()
    mark = serializers.CharField(max_length=60, help_text=MARK)


class KeepingManyAccessSerializer(serializers.Serializer):
    lines = SeenSerializer(many=True, min_length=1, max_length=MOST_KEPT)


class UndecidedSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()
    detail = serializers.CharField(help_text="Why it stays undecided.")


class KeptAccessSerializer(serializers.Serializer):
    kept = serializers.ListField(child=serializers.UUIDField())
    left = UndecidedSerializer(many=True)


class KeepingAccessSerializer(serializers.Serializer):
    mark = serializers.CharField(max_length=60, required=False, help_text=MARK)
    stamp = StampField()


class EndingAccessSerializer(ClosingSerializer):
    mark = serializers.CharField(max_length=60, required=False, help_text=MARK)


class AccessReviewViewSet(VisibleViewSet):
    """For administrators and auditors; `steps/close` and `steps/break_off` end one."""

    queryset = AccessReview.objects.all()
    serializer_class = AccessReviewSerializer
    workflow = ACCESS_REVIEW
    row_list = AccessReviewList
    lists_below = {"lines": AccessLineList}

    @extend_schema(request=AccessReviewSerializer, responses={201: AccessReviewSerializer})
    def create(self, request):
        """Open a review of all roles in force now; `decide_by` is the day until which they are to be decided."""
        words = cleaned(AccessReviewSerializer(data=request.data))
        review = actions.open_access_review(AccessReview(**words), by=request.user, key=key_of(request))
        return Response(AccessReviewSerializer(review).data, status=status.HTTP_201_CREATED)

    @action(detail=True, methods=["get"])
    def lines(self, request, pk):
        """Its lines, with the filters and orders of the page."""
        review = self.get_object()
        return Response(AccessLineList(request.user, request.GET, path=request.path, review=review).as_json())

    @extend_schema(request=KeepingManyAccessSerializer, responses={200: KeptAccessSerializer})
    @action(detail=True, methods=["post"])
    def keep(self, request, pk):
        """Keep many lines in one act; what has changed since you read it stays undecided and is named."""
        seen = cleaned(KeepingManyAccessSerializer(data=request.data))["lines"]
        marks = {str(one["id"]): one["mark"] for one in seen}
        taken = actions.keep_many(self.get_object(), marks, by=request.user)
        left = [{"id": line.pk, "name": line.name, "detail": str(why.sentence)} for line, why in taken.refused]
        return Response(KeptAccessSerializer({"kept": [one.pk for one in taken.rows], "left": left}).data)


class AccessLineViewSet(VisibleViewSet):
    """One line, read by its id; `steps/reconsider` takes a decision to keep back."""

    queryset = AccessLine.objects.select_related("review", "person")
    serializer_class = AccessLineSerializer
    workflow = ACCESS_LINE
    row_list = AccessLineList

    def list(self, request):
        """Those of the review that is open; of any other, `lines` of that review."""
        review = AccessReview.objects.open().first()
        return Response(AccessLineList(request.user, request.GET, path=request.path, review=review).as_json())

    @extend_schema(request=KeepingAccessSerializer, responses={200: AccessLineSerializer})
    @action(detail=True, methods=["post"])
    def keep(self, request, pk):
        """Keep one role."""
        return self.decided(actions.keep_access, cleaned(KeepingAccessSerializer(data=request.data)))

    @extend_schema(request=EndingAccessSerializer, responses={200: AccessLineSerializer})
    @action(detail=True, methods=["post"])
    def end(self, request, pk):
        """End one role at once, by the act that ends roles; with the last one the account is closed."""
        return self.decided(actions.end_access, cleaned(EndingAccessSerializer(data=request.data)))

    def decided(self, act, words):
        line = self.get_object()
        marks = {str(line.pk): words.pop("mark", line.mark)}
        row = act(line, by=self.request.user, marks=marks, **words)
        return Response(AccessLineSerializer(self.again(row)).data)
