"""Partners who sign in, for programs: invited, accepting, declining and taken back as on the pages."""

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from applications import actions
from applications.models import Application, Participation
from applications.parts.incoming import ChangeSerializer, cleaned
from applications.shown.participations import content_for, may_read
from applications.states import PARTICIPATION
from core.api import Labelled, StampField, VisibleViewSet, key_of
from core.found import visible_or_404

MOST = 200


class ParticipationSerializer(Labelled):
    """`content`: the proposal as its partner reads it, once it has accepted; for the partner's own people alone."""

    call = serializers.CharField(source="application.call.reference")
    coordinator = serializers.CharField(source="application.applicant.name")
    organisation = serializers.CharField(source="organisation.name")
    partner = serializers.UUIDField(source="row")
    answered_by = serializers.CharField(source="answered_by.name", default="", read_only=True)
    content = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField()

    class Meta:
        model = Participation
        fields = ["id", "call", "coordinator", "organisation", "partner", "status", "invited_at", "mandate",
                  "answered_by", "answered_at", "ended_at", "because", "content", "stamp", "steps"]  # fmt: skip

    @extend_schema_field(serializers.JSONField())
    def get_content(self, row):
        is_partner = row.organisation_id in self.context["request"].user.organisation_ids
        return content_for(row) if is_partner and self.context.get("alone") and may_read(row) else None

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_steps(self, row):
        return [one for one in PARTICIPATION.names_now(self.context["request"].user, row, hidden=True) if one != "end"]


class PartnerToInvite(serializers.Serializer):
    application = serializers.UUIDField()
    partner = serializers.UUIDField(help_text="The id of its row among the partners.")


class Mandate(serializers.Serializer):
    mandate = serializers.BooleanField(help_text="I may act for my organisation in this proposal.")
    stamp = StampField()


class OwnPart(serializers.Serializer):
    """`row` of each change is the `partner` of the participation."""

    changes = ChangeSerializer(many=True)
    key = serializers.CharField(required=False, max_length=80, help_text="Your own word for this save.")


class ParticipationViewSet(VisibleViewSet):
    """Who takes part by its own people: of one's own applications, and of others where one's own organisation is
    asked; `steps/decline`, `steps/leave` and `steps/take_back` end it."""

    queryset = Participation.objects.for_reading()
    serializer_class = ParticipationSerializer
    workflow = PARTICIPATION

    @extend_schema(responses=ParticipationSerializer(many=True))
    def list(self, request):
        """The newest first, two hundred at most, without what they read."""
        return Response(self.get_serializer(self.get_queryset()[:MOST], many=True).data)

    @extend_schema(responses=ParticipationSerializer)
    def retrieve(self, request, pk):
        """One of them; for the partner, once it has accepted, with the proposal as it reads it."""
        return self.told(self.get_object())

    @extend_schema(request=PartnerToInvite, responses={201: ParticipationSerializer})
    def create(self, request):
        """Invite the people of a registered partner of your application."""
        said = cleaned(PartnerToInvite(data=request.data))
        application = visible_or_404(Application, request.user, said["application"])
        new = Participation(application=application, row=said["partner"])
        return self.told(actions.invite_partner(new, by=request.user, key=key_of(request)), status.HTTP_201_CREATED)

    @extend_schema(request=Mandate, responses=ParticipationSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request, pk):
        """With the mandate, kept with your name and the time."""
        row, said = self.get_object(), cleaned(Mandate(data=request.data))
        act = {"by": request.user, "base": said.get("stamp"), "mandate": said["mandate"]}
        return self.told(actions.accept_participation(row, **act))

    @extend_schema(request=OwnPart, responses=ParticipationSerializer)
    def partial_update(self, request, pk):
        """Change answers of your own part, each with its base: your contact person and your costs."""
        row, said = self.get_object(), cleaned(OwnPart(data=request.data))
        sent = actions.Sent(tuple(said["changes"]), key=said.get("key", ""))
        actions.contribute(row.application, by=request.user, participation=row, sent=sent)
        return self.told(row)

    def told(self, row, code=status.HTTP_200_OK):
        context = {**self.get_serializer_context(), "alone": True}
        return Response(ParticipationSerializer(self.again(row), context=context).data, status=code)
