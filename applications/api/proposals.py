"""Applications for machines: the same lists, the same acts, the same sentences as the pages."""

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.roles import is_applicant
from applications import actions
from applications.api.away import TakesAway
from applications.api.clarifications import Clarifies
from applications.api.duties import GivesParts
from applications.api.hearings import Hears
from applications.api.partners import NamesPartners
from applications.lists import OpenedApplications, OwnApplications
from applications.models import Application, Attachment, Attempt, Receipt, StandingOrder
from applications.parts.incoming import cleaned
from applications.permissions import reads_blindly
from applications.serializers import (
    AttemptSerializer,
    CheckSerializer,
    ConditionSerializer,
    ForEvaluator,
    ForOwner,
    ForReader,
    MoveSerializer,
    OrderSerializer,
    ReceiptSerializer,
    SectionsSerializer,
    StartSerializer,
    SubmitSerializer,
    UploadSerializer,
)
from applications.states import APPLICATION, ORDER
from applications.views.receipts import receipt_pdf
from core import files
from core.api import VisibleViewSet, key_of
from core.api import files as answers_with
from core.found import row_or_404, visible_or_404
from core.signatures import ENDINGS, PDF
from programmes.models import Call

EVERY_AUDIENCE = PolymorphicProxySerializer(
    component_name="Application", serializers=[ForOwner, ForReader, ForEvaluator], resource_type_field_name=None
)


class ApplicationViewSet(TakesAway, Clarifies, Hears, NamesPartners, GivesParts, VisibleViewSet):
    """The owner's own with its drafts; for the Commission and auditors what is opened, after the call has closed."""

    queryset = Application.objects.select_related("call", "applicant")
    workflow = APPLICATION
    serializer_class = ForReader
    row_lists = (OwnApplications, OpenedApplications)
    described_as = EVERY_AUDIENCE
    keeps_its_keys = ("submit",)  # each attempt is written down and committed before it is made

    def get_serializer_class(self):
        if is_applicant(self.request.user):
            return ForOwner
        return ForEvaluator if reads_blindly(self.request.user) else ForReader

    @property
    def row_list(self):
        return self.row_lists[0 if is_applicant(self.request.user) else 1]

    @extend_schema(request=StartSerializer, responses={201: ForOwner})
    def create(self, request):
        """Start a draft for an open call, on behalf of your organisation; with `source`, what fits of it is copied."""
        said = cleaned(StartSerializer(data=request.data))
        call = row_or_404(Call.objects.visible_to(request.user), pk=said["call"])
        new, key = Application(call=call, applicant=request.user.organisation), key_of(request)
        if said.get("source"):
            source = visible_or_404(Application, request.user, said["source"])
            started = actions.begin_with(new, source=source, by=request.user, key=key)
        else:
            started = actions.start_application(new, by=request.user, key=key)
        return self.answer(started, code=status.HTTP_201_CREATED)

    @extend_schema(request=SectionsSerializer, responses={200: ForOwner})
    def partial_update(self, request, pk):
        """Save whole parts, complete or not: with `stamp`, nothing saved since is saved over (409). Or change single
        answers by `changes`: what does not fit what stands now is kept beside it and listed in `kept_changes`."""
        application = self.get_object()
        said = cleaned(SectionsSerializer(data=request.data))
        changes, key, stamp = said.pop("changes", ()), said.pop("key", ""), said.pop("stamp", None)
        sent = actions.Sent(tuple(changes), key=key) if changes else None
        return self.answer(actions.edit_application(application, by=request.user, base=stamp, sent=sent, **said))

    @extend_schema(request=SubmitSerializer, responses={200: ForOwner})
    @action(detail=True, methods=["post"])
    def submit(self, request, pk):
        """Hand in what is saved. Sending it twice leaves one version and one receipt; with the same `Idempotency-Key`
        also when a colleague has changed something in between. Each attempt is noted, see `attempts`."""
        application = self.get_object()
        said = cleaned(SubmitSerializer(data=request.data))
        sent = {"base": said.get("stamp"), "key": key_of(request)}
        return self.answer(actions.submit_application(application, by=request.user, **sent))

    @extend_schema(methods=["GET"], responses=OrderSerializer(many=True))
    @extend_schema(methods=["POST"], request=None, responses={201: OrderSerializer})
    @extend_schema(methods=["DELETE"], request=None, responses={200: OrderSerializer})
    @action(detail=True, methods=["get", "post", "delete"])
    def standing_order(self, request, pk):
        """What is saved shortly before the closing time is submitted by the clock: give the order, take it back, or
        read every order ever given, the newest first."""
        application = self.get_object()
        rows = StandingOrder.objects.visible_to(request.user).filter(application=application)
        if request.method == "GET":
            return Response(OrderSerializer(rows.select_related("given_by", "receipt"), many=True).data)
        if request.method == "DELETE":
            order = row_or_404(rows.standing())
            return Response(OrderSerializer(ORDER.run("take_back", order, by=request.user)).data)
        order = actions.give_order(StandingOrder(application=application), by=request.user, key=key_of(request))
        return Response(OrderSerializer(order).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses=AttemptSerializer(many=True))
    @action(detail=True, methods=["get"])
    def attempts(self, request, pk):
        """Every attempt to submit, the newest first, also what was refused or interrupted; a thousand at most."""
        rows = Attempt.objects.visible_to(request.user).filter(application=self.get_object())
        return Response(AttemptSerializer(rows.select_related("by", "receipt")[:1000], many=True).data)

    @extend_schema(responses=ReceiptSerializer(many=True))
    @action(detail=True, methods=["get"])
    def receipts(self, request, pk):
        """Every receipt, the newest first, with the exact content whose SHA-256 it states."""
        rows = Receipt.objects.visible_to(request.user).filter(application=self.get_object())
        return Response(ReceiptSerializer(rows, many=True).data)

    @extend_schema(responses=answers_with(PDF), parameters=[OpenApiParameter("receipt_id", str, OpenApiParameter.PATH)])
    @action(detail=True, methods=["get"], url_path=r"receipts/(?P<receipt_id>[0-9a-f-]{36})/pdf")
    def receipt_paper(self, request, pk, receipt_id):
        """The receipt on paper, drawn once."""
        seen = Receipt.objects.visible_to(request.user).filter(application=self.get_object())
        return receipt_pdf(request, row_or_404(seen, pk=receipt_id).pk)

    @extend_schema(request={"multipart/form-data": UploadSerializer}, responses={201: ForOwner})
    @action(detail=True, methods=["post"])
    def attachments(self, request, pk):
        """Attach a file, or put it in the place of another; its bytes say what it is."""
        application = self.get_object()
        said = cleaned(UploadSerializer(data=request.data))
        if said.get("replaces"):
            row = actions.replace_attachment(application, said["replaces"], said["file"], by=request.user)
        else:
            row = actions.add_attachment(application, said["file"], kind=said["kind"], by=request.user)
        return self.answer(row, code=status.HTTP_201_CREATED)

    @extend_schema(
        methods=["GET"],
        responses=answers_with(*ENDINGS),
        parameters=[OpenApiParameter("file_id", str, OpenApiParameter.PATH)],
    )
    @extend_schema(
        methods=["POST"], operation_id="applications_attachments_put_back", request=None,
        responses={200: ForOwner}, parameters=[OpenApiParameter("file_id", str, OpenApiParameter.PATH)],
    )  # fmt: skip
    @extend_schema(
        methods=["DELETE"], responses={200: ForOwner},
        parameters=[OpenApiParameter("file_id", str, OpenApiParameter.PATH)],
    )  # fmt: skip
    @extend_schema(
        methods=["PATCH"], request=MoveSerializer, responses={200: ForOwner},
        parameters=[OpenApiParameter("file_id", str, OpenApiParameter.PATH)],
    )  # fmt: skip
    @action(detail=True, methods=["get", "post", "patch", "delete"], url_path=r"attachments/(?P<file_id>[0-9a-f-]{36})")
    def attachment(self, request, pk, file_id):
        """Download a file, take it out of the application (DELETE), put back one that was taken out (POST), or move it
        (PATCH)."""
        application = self.get_object()
        file = Attachment.objects.visible_to(request.user).filter(application=application, pk=file_id).first()
        if file is None:
            raise Http404
        if request.method == "GET":
            return files.serve(file.path, name=file.name, content_type=file.content_type)
        if request.method == "PATCH":
            before = cleaned(MoveSerializer(data=request.data))["before"]
            return self.answer(actions.move_attachment(application, file.pk, before=before, by=request.user))
        act = actions.remove_attachment if request.method == "DELETE" else actions.put_back_attachment
        return self.answer(act(application, file.pk, by=request.user))

    @extend_schema(request=ConditionSerializer, responses={201: CheckSerializer})
    @action(detail=True, methods=["post"])
    def conditions(self, request, pk):
        """An announced condition that no automatic check looks at and that is not met."""
        application = self.get_object()
        APPLICATION.may_open("exclude", application, by=request.user)
        said = cleaned(ConditionSerializer(data=request.data))
        check = actions.add_condition(application, **said, by=request.user, key=key_of(request))
        return Response(CheckSerializer(check, context={"request": request}).data, status=status.HTTP_201_CREATED)

    def answer(self, application, *, code=status.HTTP_200_OK):
        return Response(self.get_serializer(self.again(application)).data, status=code)
