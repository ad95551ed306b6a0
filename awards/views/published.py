"""Published awards, for anybody: the page, and the file for tools that compare funders."""

from collections import Counter
from decimal import Decimal
from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.member_states import MEMBER_STATES
from awards.documents.grants import grants_of
from awards.lists import PublishedList
from awards.models import Letter
from core.charts import bar_chart
from core.conditional import FOR_ANYBODY
from core.formats import euro
from core.views import list_page
from programmes.geography import map_of
from programmes.views.funds import OUTLINES, millions


@login_not_required
@require_safe
def published(request):
    return list_page(request, PublishedList, "awards/published.html", beside=lambda _rows: pictures())


def pictures():
    """The awards of each Member State, as a map and as bars with their table."""
    amounts = amounts_by_state()
    if not amounts:
        return {}
    ranked = sorted(((MEMBER_STATES[code], amount) for code, amount in amounts.items()), key=lambda pair: -pair[1])
    everywhere = dict.fromkeys(MEMBER_STATES, Decimal(0)) | amounts
    title = _("Awards by Member State of the beneficiary")
    return {
        "map": map_of(title, everywhere, says=sentence_of(amounts), show=millions, source=OUTLINES),
        "chart": bar_chart(title, ranked, show=euro),
    }


def amounts_by_state():
    found = Counter()
    rows = Letter.objects.published().with_its_line().order_by()
    for code, amount in rows.values_list("application__member_state", "contribution"):
        found[code] += amount or Decimal(0)
    return dict(found)


def sentence_of(amounts):
    def says(code):
        words = {"state": MEMBER_STATES[code], "amount": euro(amounts.get(code, Decimal(0)))}
        return _("%(state)s: %(amount)s") % words

    return says


@login_not_required
@require_safe
def grants_file(request):
    """Every published award, in the format of the 360Giving Data Standard."""
    rows = PublishedList(request.user, {}).all_rows().order_by("-written_at", "pk")
    answer = JsonResponse(grants_of(rows), json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = FOR_ANYBODY
    answer["ETag"] = f'"{sha256(answer.content).hexdigest()[:24]}"'
    return get_conditional_response(request, etag=answer["ETag"], response=answer)
