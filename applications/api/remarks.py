"""Comments between colleagues, for programs: read, said, answered, resolved and taken up again as on the pages."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.response import Response

from applications import actions
from applications.models import Application, Participation, Remark
from applications.models.remarks import LONGEST_REMARK
from applications.parts.incoming import Words, cleaned
from applications.states import REMARK
from core.api import Labelled, VisibleViewSet, key_of
from core.errors import Incomplete
from core.found import row_or_404, visible_or_404

MOST = 500  # as many as an application may have


class RemarkSerializer(Labelled):
    """`participation`: of the partner whose own part it is about, and whose people read it too; `thread`: what it
    answers."""

    by = serializers.CharField(source="by.name", read_only=True)
    resolved_by = serializers.CharField(source="resolved_by.name", default="", read_only=True)
    steps = serializers.SerializerMethodField()

    class Meta:
        model = Remark
        fields = ["id", "application", "participation", "thread", "part", "name", "text", "by", "at", "status",
                  "resolved_by", "resolved_at", "stamp", "steps"]  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_steps(self, remark):
        """None of an answer: what it answers is resolved."""
        if remark.thread_id:
            return []
        return [step.name for step in REMARK.buttons(self.context["request"].user, remark)]


class RemarkToSay(serializers.Serializer):
    """On a part, or on one answer of it (`name`), of an application of your own or, with `participation`, of your own
    part of somebody else's; or an answer to a `thread`, which says all this by itself."""

    application = serializers.UUIDField(required=False)
    participation = serializers.UUIDField(required=False)
    thread = serializers.UUIDField(required=False, help_text="The comment that is answered.")
    part = Words(max_length=30)
    name = Words(max_length=80, help_text="As its field is called on the page of the part; empty: the whole part.")
    text = Words(max_length=LONGEST_REMARK, required=True, allow_blank=False)


class WantedRemarks(serializers.Serializer):
    application = serializers.UUIDField(required=False, help_text="Of one application alone.")
    part = serializers.CharField(required=False, max_length=30)


class RemarkViewSet(VisibleViewSet):
    """What colleagues say beside an application, and a partner's people about its own part: never submitted, and never
    read by the Commission. `steps/resolve` and `steps/reopen` are for threads."""

    queryset = Remark.objects.select_related("by", "resolved_by", "application__applicant", "participation")
    serializer_class = RemarkSerializer
    workflow = REMARK

    @extend_schema(parameters=[WantedRemarks], responses=RemarkSerializer(many=True))
    def list(self, request):
        """The oldest first, five hundred at most; answers name their `thread`."""
        said = cleaned(WantedRemarks(data=request.query_params))
        rows = self.get_queryset().filter(**said)[:MOST]
        return Response(self.get_serializer(rows, many=True).data)

    @extend_schema(responses=RemarkSerializer)
    def retrieve(self, request, pk):
        """One of them."""
        return Response(self.get_serializer(row_or_404(self.get_queryset(), pk=pk)).data)

    @extend_schema(request=RemarkToSay, responses={201: RemarkSerializer})
    def create(self, request):
        """Say something, or answer; whoever it concerns is told by mail, without the words."""
        said = cleaned(RemarkToSay(data=request.data))
        made = actions.say_remark(self.new(said), by=request.user, key=key_of(request))
        return Response(self.get_serializer(self.again(made)).data, status=status.HTTP_201_CREATED)

    def new(self, said):
        user, text = self.request.user, said["text"]
        if said.get("thread"):
            thread = row_or_404(self.get_queryset(), pk=said["thread"])
            whose = {"application": thread.application, "participation": thread.participation}
            return Remark(thread=thread, text=text, **whose)
        about = {"part": said.get("part", ""), "name": said.get("name", ""), "text": text}
        if said.get("participation"):
            row = row_or_404(Participation.objects.of_partner(user).for_reading(), pk=said["participation"])
            return Remark(application=row.application, participation=row, **about)
        if not said.get("application"):
            raise Incomplete({"application": _("Say which application it is about, or which comment it answers.")})
        return Remark(application=visible_or_404(Application, user, said["application"]), **about)
