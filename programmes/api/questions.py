"""Questions on a call through the API: asked in private, read in public, answered by the office."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api import Labelled, StampField, VisibleViewSet, key_of
from programmes import actions
from programmes.models import Question, Reply
from programmes.states import QUESTION

MOST = 1000  # in one answer


class ReplySerializer(serializers.ModelSerializer):
    class Meta:
        model = Reply
        fields = ["version", "asked", "text", "because", "replied_at"]


class PublicQuestionSerializer(Labelled):
    """What everybody reads; the newest version of the answer first. Nothing tells who asked."""

    replies = ReplySerializer(many=True, read_only=True)

    class Meta:
        model = Question
        fields = ["number", "status", "because", "replies"]


class QuestionSerializer(Labelled):
    """As it was asked, for its asker and the Commission; `steps` are the ones open to the reader."""

    call = serializers.CharField(source="call.reference", read_only=True)
    asked_by = serializers.CharField(source="asked_by.name", read_only=True)
    replies = ReplySerializer(many=True, read_only=True)
    steps = serializers.SerializerMethodField()

    class Meta:
        model = Question
        fields = ["id", "call", "number", "status", "text", "asked_by", "asked_at", "because", "replies", "steps",
                  "stamp"]  # fmt: skip

    def get_steps(self, question) -> list[str]:
        return QUESTION.names_now(self.context["request"].user, question)


class NewQuestionSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=4000)


class AnswerSerializer(serializers.Serializer):
    """`asked`: the question in the office's words, without anything that tells who asked."""

    asked = serializers.CharField(max_length=4000)
    text = serializers.CharField(max_length=10_000)
    stamp = StampField()


class CorrectSerializer(AnswerSerializer):
    stamp = StampField(wanted=True)
    reason = serializers.CharField(max_length=4000)


class FollowsSerializer(serializers.Serializer):
    follows = serializers.BooleanField()


def said_in(serializer):
    """The cleaned values, with the stamp as the acts call it."""
    serializer.is_valid(raise_exception=True)
    said = dict(serializer.validated_data)
    return said | {"base": said.pop("stamp", None)}


class AskedAndFollowed:
    """What a call offers to its readers."""

    @extend_schema(responses=PublicQuestionSerializer(many=True))
    @action(detail=True, methods=["get"])
    def questions(self, request, pk):
        """What was asked and answered, the newest first; a thousand at most."""
        rows = self.get_object().questions.public()[:MOST]
        return Response(PublicQuestionSerializer(rows, many=True).data)

    @extend_schema(request=NewQuestionSerializer, responses={201: QuestionSerializer})
    @action(detail=True, methods=["post"])
    def ask(self, request, pk):
        """Ask in private: the answer is public, who asked is not."""
        new = Question(call=self.get_object())
        QUESTION.may_open("ask", new, by=request.user)
        given = NewQuestionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        asked = actions.ask_question(new, by=request.user, key=key_of(request), **given.validated_data)
        said = QuestionSerializer(asked, context={"request": request}).data
        return Response(said, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={200: FollowsSerializer})
    @action(detail=True, methods=["post"])
    def follow(self, request, pk):
        """Be told by mail of answers and corrigenda."""
        actions.follow_call(self.get_object(), by=request.user)
        return Response({"follows": True})

    @extend_schema(request=None, responses={200: FollowsSerializer})
    @action(detail=True, methods=["post"])
    def unfollow(self, request, pk):
        actions.unfollow_call(self.get_object(), by=request.user)
        return Response({"follows": False})


class QuestionViewSet(VisibleViewSet):
    """One's own questions; for the Commission everybody's: `steps/take_back`, `steps/decline`, `steps/withdraw`."""

    queryset = Question.objects.select_related("call", "asked_by").prefetch_related("replies")
    serializer_class = QuestionSerializer
    workflow = QUESTION

    @extend_schema(responses=QuestionSerializer(many=True))
    def list(self, request):
        """Those that wait for an answer, the oldest first; a thousand at most."""
        rows = self.get_queryset().waiting().order_by("asked_at")[:MOST]
        return Response(self.get_serializer(rows, many=True).data)

    @extend_schema(request=AnswerSerializer, responses={200: QuestionSerializer})
    @action(detail=True, methods=["post"])
    def answer(self, request, pk):
        """Publish the question in the office's words, with its answer."""
        question = self.get_object()
        QUESTION.may_open("answer", question, by=request.user)
        said = said_in(AnswerSerializer(data=request.data))
        return self.told(actions.answer_question(question, by=request.user, **said))

    @extend_schema(request=CorrectSerializer, responses={200: QuestionSerializer})
    @action(detail=True, methods=["post"])
    def correct(self, request, pk):
        """Another version of an answer, with its reason; the ones before stay to be read."""
        question = self.get_object()
        QUESTION.may_open("correct", question, by=request.user)
        said = said_in(CorrectSerializer(data=request.data))
        return self.told(actions.correct_reply(question, by=request.user, **said))

    def told(self, question):
        return Response(self.get_serializer(self.again(question)).data)
