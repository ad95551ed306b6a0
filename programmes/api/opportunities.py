"""Calls by the CommonGrants protocol (https://commongrants.org), without a token: list, one, search.

Its addresses, its names, its shape of answers and of refusals; our calls, as everybody reads them on the pages.
"""

from http import HTTPStatus

from rest_framework import exceptions, permissions, status
from rest_framework.response import Response
from rest_framework.views import APIView

from core import clock
from core.api import OpenReading
from core.conditional import tagged
from core.errors import Refused
from core.parsers import PlainJSONParser
from programmes.api.asked import asked_for, page_asked, sorted_by
from programmes.models import Call
from programmes.shown.opportunities import opportunity_of


class ProtocolView(APIView):
    authentication_classes = ()
    permission_classes = (permissions.AllowAny,)
    throttle_classes = (OpenReading,)
    parser_classes = (PlainJSONParser,)
    schema = None  # the protocol has a document of its own

    def get_exception_handler(self):
        return refusal_of_the_protocol

    def finalize_response(self, request, response, *args, **kwargs):
        answer = super().finalize_response(request, response, *args, **kwargs)
        if request.method in ("GET", "HEAD") and answer.status_code == status.HTTP_200_OK:
            tagged(request, answer)
        return answer


def refusal_of_the_protocol(exception, context):
    if isinstance(exception, Refused):
        exception = exceptions.ParseError(exception.sentence)
    if not isinstance(exception, exceptions.APIException):
        return None
    code = exception.status_code
    headers = {"Retry-After": str(int(exception.wait))} if getattr(exception, "wait", None) else None
    said = {"status": code, "message": HTTPStatus(code).phrase, "errors": [str(exception.detail)]}
    return Response(said, status=code, headers=headers)


def published():
    return Call.objects.published().prefetch_related("corrigenda")


def success(**told):
    return Response({"status": 200, "message": "Success", **told})


def told(opportunities, page):
    """One page of them."""
    first, size, found = (page.number - 1) * page.size, page.size, len(opportunities)
    about = {"page": page.number, "pageSize": size, "totalItems": found, "totalPages": -(-found // size)}
    return {"items": opportunities[first : first + size], "paginationInfo": about}


class OpportunitiesView(ProtocolView):
    def get(self, request):
        """Every published call, the last changed first."""
        found = sorted_by([opportunity_of(call, clock.now()) for call in published()])
        return success(**told(found, page_asked(request.GET)))


class OpportunityView(ProtocolView):
    def get(self, request, pk):
        call = published().filter(pk=pk).first()
        if call is None:
            raise exceptions.NotFound
        return success(data=opportunity_of(call, clock.now()))


class SearchView(ProtocolView):
    def post(self, request):
        """By words and filters; what of them is not known is named and left out."""
        asked = asked_for(request.data)
        at = clock.now()
        found = [one for one in (opportunity_of(call, at) for call in published()) if asked.fits(one)]
        sorting = {"sortBy": asked.sort_by, "sortOrder": asked.sort_order, "errors": asked.sort_errors}
        return success(
            **told(sorted_by(found, asked.sort_by, asked.sort_order), asked.page),
            sortInfo=sorting,
            filterInfo={"filters": asked.filters, "errors": asked.errors},
        )
