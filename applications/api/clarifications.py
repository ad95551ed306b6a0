"""Clarifications for programs: asked, answered, moved and withdrawn as on the pages."""

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.roles import is_applicant
from applications import actions
from applications.models import Clarification, ClarificationFile
from applications.parts.incoming import Words, cleaned
from applications.states import CLARIFICATION
from applications.views.clarifications import clarification_file
from core.api import Labelled, StampField, files, key_of
from core.found import row_or_404
from core.numbers import Day
from core.signatures import ENDINGS

ONE = [OpenApiParameter("clarification_id", str, OpenApiParameter.PATH)]
PATH = r"clarifications/(?P<clarification_id>[0-9a-f-]{36})"


class ClarificationFileSerializer(serializers.ModelSerializer):
    class Meta:
        model = ClarificationFile
        fields = ["id", "name", "content_type", "size", "sha256"]


class ClarificationSerializer(Labelled):
    """`asked_by` is empty for the applicant: the office asks, not a person."""

    asked_by = serializers.SerializerMethodField()
    answered_by = serializers.CharField(source="answered_by.name", read_only=True, default="")
    files = ClarificationFileSerializer(many=True)

    class Meta:
        model = Clarification
        fields = ["id", "status", "text", "due_on", "asked_by", "asked_at", "because", "answer", "answered_by",
                  "answered_at", "files", "stamp"]  # fmt: skip

    @extend_schema_field(serializers.CharField())
    def get_asked_by(self, row):
        return "" if is_applicant(self.context["request"].user) else row.asked_by.name


class QuestionToAsk(serializers.Serializer):
    text = Words(max_length=4000, required=True, allow_blank=False)
    due_on = Day()


class MoreTime(serializers.Serializer):
    due_on = Day()
    reason = Words(max_length=2000)
    stamp = StampField(wanted=True)


class Withdrawal(serializers.Serializer):
    reason = Words(max_length=2000)
    stamp = StampField()


class AnswerToSend(serializers.Serializer):
    text = Words(max_length=10_000, required=True, allow_blank=False)
    files = serializers.ListField(child=serializers.FileField(allow_empty_file=True), required=False)
    stamp = StampField()


class Clarifies:
    """Of the view set of applications."""

    @extend_schema(methods=["GET"], responses=ClarificationSerializer(many=True))
    @extend_schema(methods=["POST"], request=QuestionToAsk, responses={201: ClarificationSerializer})
    @action(detail=True, methods=["get", "post"])
    def clarifications(self, request, pk):
        """What was asked about it after the opening, the newest first; or ask."""
        application = self.get_object()
        if request.method == "POST":
            new = Clarification(application=application)
            CLARIFICATION.may_open("ask", new, by=request.user)
            said = cleaned(QuestionToAsk(data=request.data))
            asked = actions.ask_clarification(new, by=request.user, key=key_of(request), **said)
            return self.told(asked, status.HTTP_201_CREATED)
        rows = Clarification.objects.visible_to(request.user).for_reading().filter(application=application)
        return Response(ClarificationSerializer(rows, many=True, context={"request": request}).data)

    @extend_schema(
        request={"multipart/form-data": AnswerToSend}, parameters=ONE,
        responses={200: ClarificationSerializer},
    )  # fmt: skip
    @action(detail=True, methods=["post"], url_path=f"{PATH}/reply")
    def reply_clarification(self, request, pk, clarification_id):
        """Answer it, once and in time, with documents."""
        row, said = self.row(clarification_id), AnswerToSend(data=request.data)
        CLARIFICATION.may_open("reply", row, by=request.user)
        said = cleaned(said)
        words = {"text": said["text"], "base": said.get("stamp")}
        return self.told(actions.answer_clarification(row, said.get("files", []), by=request.user, **words))

    @extend_schema(request=MoreTime, parameters=ONE, responses={200: ClarificationSerializer})
    @action(detail=True, methods=["post"], url_path=f"{PATH}/extend")
    def extend_clarification(self, request, pk, clarification_id):
        """A later last day, with a reason."""
        row = self.row(clarification_id)
        CLARIFICATION.may_open("extend", row, by=request.user)
        said = cleaned(MoreTime(data=request.data))
        words = {"due_on": said["due_on"], "reason": said.get("reason", ""), "base": said.get("stamp")}
        return self.told(actions.extend_clarification(row, by=request.user, **words))

    @extend_schema(request=Withdrawal, parameters=ONE, responses={200: ClarificationSerializer})
    @action(detail=True, methods=["post"], url_path=f"{PATH}/withdraw")
    def withdraw_clarification(self, request, pk, clarification_id):
        """No answer is wanted any more, with a reason."""
        row, said = self.row(clarification_id), cleaned(Withdrawal(data=request.data))
        words = {"reason": said.get("reason", ""), "base": said.get("stamp")}
        return self.told(actions.withdraw_clarification(row, by=request.user, **words))

    @extend_schema(
        responses=files(*ENDINGS),
        parameters=[OpenApiParameter("file_id", str, OpenApiParameter.PATH)],
    )
    @action(detail=True, methods=["get"], url_path=r"clarification-files/(?P<file_id>[0-9a-f-]{36})")
    def clarification_file(self, request, pk, file_id):
        """A document of an answer."""
        seen = ClarificationFile.objects.visible_to(request.user).filter(clarification__application=self.get_object())
        return clarification_file(request, row_or_404(seen, pk=file_id).pk)

    def row(self, pk):
        rows = Clarification.objects.visible_to(self.request.user).filter(application=self.get_object())
        return row_or_404(rows, pk=pk)

    def told(self, row, code=status.HTTP_200_OK):
        row = Clarification.objects.for_reading().get(pk=row.pk)
        return Response(ClarificationSerializer(row, context={"request": self.request}).data, status=code)
