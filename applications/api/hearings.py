"""Notices before an adverse decision for programs: sent, observed on, moved and settled as on the pages."""

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.roles import is_applicant
from applications import actions
from applications.api.clarifications import AnswerToSend, MoreTime, Withdrawal
from applications.models import Hearing, HearingFile
from applications.parts.incoming import Words, cleaned
from applications.states import HEARING
from applications.views.hearings import hearing_file
from core.api import Labelled, StampField, files, key_of
from core.found import row_or_404
from core.numbers import Day
from core.signatures import ENDINGS

ONE = [OpenApiParameter("hearing_id", str, OpenApiParameter.PATH)]
PATH = r"hearings/(?P<hearing_id>[0-9a-f-]{36})"


class HearingFileSerializer(serializers.ModelSerializer):
    class Meta:
        model = HearingFile
        fields = ["id", "name", "content_type", "size", "sha256"]


class HearingSerializer(Labelled):
    """`asked_by` and `settled_by` are empty for the applicant: the office acts, not a person."""

    asked_by = serializers.SerializerMethodField()
    settled_by = serializers.SerializerMethodField()
    answered_by = serializers.CharField(source="answered_by.name", read_only=True, default="")
    files = HearingFileSerializer(many=True)

    class Meta:
        model = Hearing
        fields = ["id", "reference", "status", "measure", "text", "intended", "due_on", "asked_by", "asked_at",
                  "because", "answer", "answered_by", "answered_at", "considered", "settled_by", "settled_at", "files",
                  "stamp"]  # fmt: skip

    @extend_schema_field(serializers.CharField())
    def get_asked_by(self, row):
        return self.office(row.asked_by)

    @extend_schema_field(serializers.CharField())
    def get_settled_by(self, row):
        return self.office(row.settled_by)

    def office(self, person):
        return "" if person is None or is_applicant(self.context["request"].user) else person.name


class NoticeToSend(serializers.Serializer):
    measure = serializers.ChoiceField(choices=Hearing.Measure.choices)
    text = Words(max_length=4000, required=True, allow_blank=False)
    intended = Words(max_length=4000, required=True, allow_blank=False)
    due_on = Day()


class ToClose(serializers.Serializer):
    stamp = StampField()


class Hears:
    """Of the view set of applications."""

    @extend_schema(methods=["GET"], responses=HearingSerializer(many=True))
    @extend_schema(methods=["POST"], request=NoticeToSend, responses={201: HearingSerializer})
    @action(detail=True, methods=["get", "post"])
    def hearings(self, request, pk):
        """What the office told it intended, the newest first; or send such a notice."""
        application = self.get_object()
        if request.method == "POST":
            new = Hearing(application=application)
            HEARING.may_open("send", new, by=request.user)
            said = cleaned(NoticeToSend(data=request.data))
            sent = actions.send_notice(new, by=request.user, key=key_of(request), **said)
            return self.told_of(sent, status.HTTP_201_CREATED)
        rows = Hearing.objects.visible_to(request.user).for_reading().filter(application=application)
        rows = rows.prefetch_related("files")
        return Response(HearingSerializer(rows, many=True, context={"request": request}).data)

    @extend_schema(
        request={"multipart/form-data": AnswerToSend}, parameters=ONE, responses={200: HearingSerializer}
    )  # fmt: skip
    @action(detail=True, methods=["post"], url_path=f"{PATH}/reply")
    def reply_hearing(self, request, pk, hearing_id):
        """Submit observations, once and in time, with documents."""
        row, said = self.hearing_of(hearing_id), AnswerToSend(data=request.data)
        HEARING.may_open("reply", row, by=request.user)
        said = cleaned(said)
        words = {"text": said["text"], "base": said.get("stamp")}
        return self.told_of(actions.observe(row, said.get("files", []), by=request.user, **words))

    @extend_schema(request=MoreTime, parameters=ONE, responses={200: HearingSerializer})
    @action(detail=True, methods=["post"], url_path=f"{PATH}/extend")
    def extend_hearing(self, request, pk, hearing_id):
        """A later last day, with a reason."""
        return self.step_of_hearing("extend", hearing_id, MoreTime)

    @extend_schema(request=Withdrawal, parameters=ONE, responses={200: HearingSerializer})
    @action(detail=True, methods=["post"], url_path=f"{PATH}/consider")
    def consider_hearing(self, request, pk, hearing_id):
        """Say how the observations were taken into account (`reason`)."""
        return self.step_of_hearing("consider", hearing_id, Withdrawal)

    @extend_schema(request=ToClose, parameters=ONE, responses={200: HearingSerializer})
    @action(detail=True, methods=["post"], url_path=f"{PATH}/close")
    def close_hearing(self, request, pk, hearing_id):
        """Nobody said anything in time."""
        return self.step_of_hearing("close", hearing_id, ToClose)

    @extend_schema(request=Withdrawal, parameters=ONE, responses={200: HearingSerializer})
    @action(detail=True, methods=["post"], url_path=f"{PATH}/withdraw")
    def withdraw_hearing(self, request, pk, hearing_id):
        """It is not intended any more, with a reason."""
        return self.step_of_hearing("withdraw", hearing_id, Withdrawal)

    @extend_schema(
        responses=files(*ENDINGS),
        parameters=[OpenApiParameter("file_id", str, OpenApiParameter.PATH)],
    )
    @action(detail=True, methods=["get"], url_path=r"hearing-files/(?P<file_id>[0-9a-f-]{36})")
    def hearing_file(self, request, pk, file_id):
        """A document of observations."""
        seen = HearingFile.objects.visible_to(request.user).filter(hearing__application=self.get_object())
        return hearing_file(request, row_or_404(seen, pk=file_id).pk)

    def step_of_hearing(self, name, pk, serializer):
        row = self.hearing_of(pk)
        HEARING.may_open(name, row, by=self.request.user)
        said = cleaned(serializer(data=self.request.data))
        base = said.pop("stamp", None)
        return self.told_of(HEARING.run(name, row, by=self.request.user, base=base, **said))

    def hearing_of(self, pk):
        rows = Hearing.objects.visible_to(self.request.user).filter(application=self.get_object())
        return row_or_404(rows, pk=pk)

    def told_of(self, row, code=status.HTTP_200_OK):
        row = Hearing.objects.for_reading().get(pk=row.pk)
        return Response(HearingSerializer(row, context={"request": self.request}).data, status=code)
