"""Loading a fund from its file: as often as one likes, the second time changes nothing."""

import json
import tomllib
from decimal import Decimal

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from audit.record import record
from core import clock
from core.days import day_of
from programmes.legal import articles_at
from programmes.models import Allocation, Fund, Passage

OVER = "CLOSED"  # as the sheet of a fund says it
PASSAGES = {
    "specific_objectives": Passage.Kind.SPECIFIC_OBJECTIVE,
    "operational_objectives": Passage.Kind.OPERATIONAL_OBJECTIVE,
    "action_types": Passage.Kind.ACTION_TYPE,
    "union_action_kinds": Passage.Kind.UNION_ACTION,
    "third_country_kinds": Passage.Kind.THIRD_COUNTRY_ACTION,
    "strategic_priorities": Passage.Kind.PRIORITY,
    "indicators": Passage.Kind.INDICATOR,
}


def load_fund(path, *, by):
    """Make or renew a fund from its TOML file; give (fund, whether anything changed)."""
    told = tomllib.loads(path.read_text())
    with transaction.atomic():
        known = Fund.objects.select_for_update().filter(code=told["code"]).first()
        fund = known or Fund(code=told["code"])
        sheet = plain(told)
        if known and known.sheet == sheet:
            return known, False
        put_fund(fund, told, sheet)
        put_passages(fund, told)
        put_allocations(fund, told)
        record("fund.load", fund, by=by, at=clock.now(), changes={"file": [None, path.name]})
    return fund, True


def put_fund(fund, told, sheet):
    fund.name, fund.short_name = told["name"], told["acronym"]
    fund.period = f"{told['starts_on'].year}-{told['ends_on'].year}"
    fund.is_closed = told["status"] == OVER
    fund.general_objective = told["general_objective"]["text"]
    fund.envelope = Decimal(str(told["envelope"]["amount"]))
    fund.rates = {one["code"]: one for one in sheet["rates"]}
    fund.retention = {
        one["code"]: sheet_of for one, sheet_of in zip(told["retention"], sheet["retention"], strict=True)
    }
    fund.legal = articles_at(told["financial_regulations"], day_of(clock.now()))
    fund.sheet = sheet
    fund.save()


def put_passages(fund, told):
    """Texts are renewed in place: calls and applications point at them."""
    for name, kind in PASSAGES.items():
        for order, one in enumerate(told.get(name, []), 1):
            Passage.objects.update_or_create(
                fund=fund, kind=kind, code=one.get("code") or str(order),
                defaults={
                    "order": order, "text": one["text"], "title": one.get("short", ""),
                    "source": one.get("reference") or told["references"].get(name, ""),
                },
            )  # fmt: skip


def put_allocations(fund, told):
    for one in told["member_states"]:
        Allocation.objects.update_or_create(
            fund=fund, member_state=one["code"],
            defaults={"amount": one.get("amount"), "inputs": plain(one.get("inputs", {}))},
        )  # fmt: skip


def plain(value):
    """As it comes back from a JSON column: dates and amounts as text."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
