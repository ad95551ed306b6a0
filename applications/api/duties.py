"""Parts given to people, for programs: who has which until when; given, handed on, done and taken back."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.models import User
from applications import actions
from applications.models import Duty
from applications.models.duties import LONGEST_LINE
from applications.parts.incoming import Day, Words, cleaned
from applications.permissions import is_of_the_applicant, is_over
from applications.shown.duties import places_of
from applications.states import DUTY, EDITABLE, DutyPhase
from core import clock
from core.api import Labelled, StampField, VisibleViewSet, key_of
from core.days import day_of
from core.errors import Incomplete, NotAllowed
from core.found import row_or_404

MOST = 200


class DutySerializer(Labelled):
    """A part given to a person until a day: `participation` says of which partner it is the own part; `stays` whether
    the person still writes it, else it is free again."""

    person = serializers.CharField(source="person.name", read_only=True)
    person_id = serializers.UUIDField(read_only=True)
    given_by = serializers.CharField(source="given_by.name", read_only=True)
    partner = serializers.CharField(source="participation.organisation.name", default="", read_only=True)
    is_overdue = serializers.SerializerMethodField()
    stays = serializers.BooleanField(read_only=True)
    steps = serializers.SerializerMethodField()

    class Meta:
        model = Duty
        fields = ["id", "application", "part", "participation", "partner", "person_id", "person", "due_on", "line",
                  "status", "stays", "is_overdue", "given_by", "given_at", "done_at", "stamp", "steps"]  # fmt: skip

    @extend_schema_field(serializers.BooleanField())
    def get_is_overdue(self, duty):
        return duty.stands_in(DutyPhase.HELD) and duty.is_over(day_of(self.at))

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_steps(self, duty):
        """None where the act would refuse them all: it is withdrawn, or over."""
        writable = duty.application.stands_in(EDITABLE) and not is_over(duty.application, self.at)
        return [step.name for step in DUTY.buttons(self.context["request"].user, duty)] if writable else []

    @property
    def at(self):
        """Read once for all rows."""
        if "at" not in self.context:
            self.context["at"] = clock.now()
        return self.context["at"]


class PartToGive(serializers.Serializer):
    """`participation`: of the partner, for its own part; `stamp`: of the duty as you read it, none where nobody ever
    had the part."""

    told_apart_by = ("part", "participation")

    part = serializers.CharField(max_length=30)
    participation = serializers.UUIDField(required=False, allow_null=True, default=None)
    stamp = StampField(allow_null=True, default=None)


class DutiesToGive(serializers.Serializer):
    parts = PartToGive(many=True, allow_empty=False)
    person = serializers.UUIDField(help_text="One of `writers`.")
    due_on = Day(required=True, allow_null=False, help_text="The whole day counts, in Brussels.")
    line = Words(max_length=LONGEST_LINE)


class WriterSerializer(serializers.ModelSerializer):
    """`participations`: of which partners this person writes the own part; none: of the applicant."""

    participations = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ["id", "name", "participations"]

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_participations(self, person):
        return [one.pk for one in self.context["participations"] if one.organisation_id in person.organisation_ids]


class GivesParts:
    """Of the view set of applications."""

    @extend_schema(methods=["GET"], responses=DutySerializer(many=True))
    @extend_schema(methods=["POST"], request=DutiesToGive, responses={201: DutySerializer(many=True)})
    @action(detail=True, methods=["get", "post"])
    def duties(self, request, pk):
        """Who has which part until when. POST gives parts to a person, all of them or none: what somebody else was
        given after you read it is not given over it (409)."""
        application = self.written()
        rows = Duty.objects.visible_to(request.user).given().filter(application=application).for_reading()
        if request.method == "GET":
            return Response(DutySerializer(rows, many=True, context={"request": request}).data)
        given = self.given(application, cleaned(DutiesToGive(data=request.data)))
        answer = rows.filter(pk__in=[one.pk for one in given])
        data = DutySerializer(answer, many=True, context={"request": request}).data
        return Response(data, status=status.HTTP_201_CREATED)

    def written(self):
        """The application, for those who write it."""
        application = self.get_object()
        if not is_of_the_applicant(self.request.user, application):
            raise NotAllowed(_("Who writes which part is between those who write the application."))
        return application

    def given(self, application, said):
        places = {(part.name, one and one.pk): one for part, one in places_of(application).values()}
        wanted = []
        for one in said.pop("parts"):
            if (one["part"], one["participation"]) not in places:
                raise Incomplete({"parts": _("The application has no such part to give.")})
            wanted.append((one["part"], places[one["part"], one["participation"]], one["stamp"]))
        person = people_of(application, places.values()).filter(pk=said.pop("person")).first()
        if person is None:
            raise Incomplete({"person": _("Nobody of that id writes this application.")})
        return actions.give_duties(
            application, wanted, by=self.request.user, key=key_of(self.request), person=person, **said
        )  # fmt: skip

    @extend_schema(responses=WriterSerializer(many=True))
    @action(detail=True, methods=["get"])
    def writers(self, request, pk):
        """To whom parts can be given: your colleagues, and the people of partners that take part."""
        application = self.written()
        taking_part = list(application.participations.taking_part())
        people = people_of(application, taking_part)
        return Response(WriterSerializer(people, many=True, context={"participations": taking_part}).data)


def people_of(application, participations):
    others = [one.organisation_id for one in participations if one]
    return User.objects.speaking_for_any([application.applicant_id, *others])


class DutyViewSet(VisibleViewSet):
    """Parts that are given: in your own applications, and to your organisation's people in those of others;
    `steps/finish`, `steps/reopen` and `steps/take_back`."""

    queryset = Duty.objects.for_reading()
    serializer_class = DutySerializer
    workflow = DUTY

    @extend_schema(responses=DutySerializer(many=True))
    def list(self, request):
        """Those that are due first, two hundred at most."""
        return Response(self.get_serializer(self.get_queryset().given()[:MOST], many=True).data)

    @extend_schema(responses=DutySerializer)
    def retrieve(self, request, pk):
        """One of them."""
        return Response(self.get_serializer(row_or_404(self.get_queryset(), pk=pk)).data)
