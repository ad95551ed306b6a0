"""Refusals for programs: problem details (RFC 9457), one shape for all of them, each kind with a name that stays."""

from typing import NamedTuple

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, permissions, serializers
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from core.errors import (
    AnsweredOnce,
    Incomplete,
    NotAllowed,
    NotRecognised,
    OtherRequest,
    Outdated,
    Refused,
    Stale,
    TooMany,
    Unbased,
    UnderWay,
    Unknown,
    WrongState,
)

PROBLEM_TYPE = "application/problem+json"
ADDRESS = "/api/problems/#"  # of what a name means


class Problem(NamedTuple):
    name: str
    code: int  # of HTTP
    title: str


PROBLEMS = (
    Problem("refused", 400, gettext_lazy("It is refused.")),
    Problem("incomplete", 400, gettext_lazy("Something is missing or wrong: `gaps` says where.")),
    Problem("unknown", 400, gettext_lazy("The list has no such filter, order or page: `gaps` names it.")),
    Problem("unreadable", 400, gettext_lazy("What was sent cannot be read.")),
    Problem("no-token", 401, gettext_lazy("A token is needed.")),
    Problem("wrong-token", 401, gettext_lazy("The token is not valid.")),
    Problem("not-allowed", 403, gettext_lazy("You may not do this.")),
    Problem("not-recognised", 403, gettext_lazy("Show once more who you are.")),
    Problem("not-found", 404, gettext_lazy("It is not there, or not for you.")),
    Problem("wrong-method", 405, gettext_lazy("The address takes other methods.")),
    Problem("not-acceptable", 406, gettext_lazy("The answer is not made in the form you accept.")),
    Problem("wrong-state", 409, gettext_lazy("It does not stand so that this could be done.")),
    Problem("stale", 409, gettext_lazy("Somebody has changed it since you read it.")),
    Problem("under-way", 409, gettext_lazy("The same request, with the same key, is being worked on.")),
    Problem("answered-once", 409, gettext_lazy("It was done; its answer held a secret and is not told again.")),
    Problem("outdated", 412, gettext_lazy("The row has another version than `If-Match` names.")),
    Problem("wrong-media-type", 415, gettext_lazy("What was sent is of a kind that is not taken.")),
    Problem("other-request", 422, gettext_lazy("The key came before with something else.")),
    Problem("not-based", 428, gettext_lazy("It has to say on which version it is based.")),
    Problem("too-many", 429, gettext_lazy("Enough of this is under way.")),
    Problem("too-often", 429, gettext_lazy("It was tried too often; wait.")),
    Problem("fault", 500, gettext_lazy("A fault of ours.")),
    Problem("pause", 503, gettext_lazy("The site pauses: come back after `Retry-After`.")),
)
BY_NAME = {one.name: one for one in PROBLEMS}
NAMES = {  # the nearest of its classes counts
    Unknown: "unknown", Incomplete: "incomplete", NotRecognised: "not-recognised", NotAllowed: "not-allowed",
    Outdated: "outdated", UnderWay: "under-way", AnsweredOnce: "answered-once", OtherRequest: "other-request",
    Unbased: "not-based", Stale: "stale", WrongState: "wrong-state", TooMany: "too-many", Refused: "refused",
    exceptions.ValidationError: "incomplete", exceptions.ParseError: "unreadable",
    exceptions.NotAuthenticated: "no-token", exceptions.AuthenticationFailed: "wrong-token",
    exceptions.PermissionDenied: "not-allowed", exceptions.NotFound: "not-found", Http404: "not-found",
    exceptions.MethodNotAllowed: "wrong-method", exceptions.NotAcceptable: "not-acceptable",
    exceptions.UnsupportedMediaType: "wrong-media-type", exceptions.Throttled: "too-often",
}  # fmt: skip


class ProblemSerializer(serializers.Serializer):
    """A refusal. Nothing has changed."""

    type = serializers.ChoiceField([ADDRESS + name for name in BY_NAME], help_text="What kind of refusal; it stays.")
    title = serializers.CharField(help_text="What the kind means.")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="Why, and what to do: the sentence of the page.")
    gaps = serializers.DictField(child=serializers.CharField(), help_text="{field: sentence}")


def problem(name, detail="", gaps=None, status=None):
    """What is told of a refusal."""
    kind = BY_NAME[name]
    said = {one: str(sentence) for one, sentence in (gaps or {}).items()}
    return {
        "type": ADDRESS + name, "title": str(kind.title), "status": status or kind.code,
        "detail": str(detail or kind.title), "gaps": said,
    }  # fmt: skip


def name_of(exception):
    return next((NAMES[one] for one in type(exception).__mro__ if one in NAMES), "refused")


def refusal_handler(exception, context):
    """A refusal says the same sentence here as on the page."""
    if isinstance(exception, Refused):
        told = problem(name_of(exception), exception.sentence, exception.gaps, exception.status)
        wait = getattr(exception, "retry_after", None)
        headers = {"Retry-After": str(wait)} if wait else None
        return Response(told, status=exception.status, content_type=PROBLEM_TYPE, headers=headers)
    if isinstance(exception, RequestDataTooBig):
        exception = exceptions.ParseError(_("It is larger than what is taken at once: send less, or in parts."))
    answer = exception_handler(exception, context)
    if answer is not None:
        answer.data = problem(name_of(exception), *sentences_of(exception), status=answer.status_code)
        answer.content_type = PROBLEM_TYPE
    return answer


def sentences_of(exception):
    """(sentence, gaps) of what the library refuses."""
    if isinstance(exception, exceptions.ValidationError):
        return _("Some of what you sent cannot be used; nothing was changed."), dict(flat(exception.detail))
    if isinstance(exception, exceptions.NotFound | Http404):
        return "", {}
    return getattr(exception, "detail", ""), {}


def flat(errors, place=""):
    """{“budget.lines.0.amount”: sentence} from errors nested like what was sent."""
    if isinstance(errors, str):
        yield place, str(errors)
    elif isinstance(errors, dict):
        for name, inner in errors.items():
            yield from flat(inner, f"{place}.{name}" if place else str(name))
    elif errors and isinstance(errors[0], dict):
        for number, inner in enumerate(errors):
            yield from flat(inner, f"{place}.{number}" if place else str(number))
    elif errors:
        yield place, " ".join(str(sentence) for sentence in errors)


class KindSerializer(serializers.Serializer):
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()


class ProblemsView(APIView):
    """Every kind of refusal there is: what `type` leads to."""

    authentication_classes = ()
    permission_classes = (permissions.AllowAny,)

    @extend_schema(responses=KindSerializer(many=True))
    def get(self, request):
        return Response([{"type": ADDRESS + one.name, "title": str(one.title), "status": one.code} for one in PROBLEMS])


def problem_response(name, detail="", *, status=None):
    """Where no view was reached."""
    told = problem(name, detail, status=status)
    return JsonResponse(told, status=told["status"], content_type=PROBLEM_TYPE)


def is_for_a_program(request):
    """Below /api/docs/ people read."""
    return request.path.startswith(("/api/", "/common-grants/")) and not request.path.startswith("/api/docs/")
