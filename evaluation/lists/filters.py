"""By what the lists of the evaluation are narrowed."""

from django.utils.translation import gettext_lazy as _

from core.lists import choice, search
from programmes.models import Call, Round


def judged_calls():
    calls = Call.objects.judged().order_by("-closes_at", "reference")
    return [(str(pk), reference) for pk, reference in calls.values_list("pk", "reference")]


def of_call(rows, call):
    """By the rounds of the call, of which there are few: so their index serves it."""
    return rows.filter(round__in=list(Round.objects.filter(call=call).values_list("pk", flat=True)))


IN_NAMES = search(folded_fields=["application__search_text"])
OF_CALL = choice("call", _("Call"), judged_calls, narrow=of_call)
