"""In which form an answer is given: of a form that is not made the library says 404, as if the row were missing."""

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation


class SayWhatThereIs(DefaultContentNegotiation):
    def filter_renderers(self, renderers, format):
        try:
            return super().filter_renderers(renderers, format)
        except Http404 as none:
            words = {"forms": ", ".join(dict.fromkeys(one.format for one in renderers))}
            raise NotAcceptable(
                _(
                    "The answer is made as %(forms)s alone: leave “format” out. Lists as CSV, a workbook or a PDF are "
                    "on the pages: /calls/?format=csv."
                )
                % words
            ) from none
