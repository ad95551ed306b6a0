"""What decides between equal totals: criteria by their code, and the rules named here, in the order of the call."""

from django.utils.translation import gettext_lazy as _

TIME, AMOUNT, TOPIC, COMMITTEE = "TIME", "AMOUNT", "TOPIC", "COMMITTEE"
RULES = {
    TIME: _("the earlier submission"),
    AMOUNT: _("the smaller requested contribution"),
    TOPIC: _("the action type, in the order of the call"),
    COMMITTEE: _("the evaluation committee, which gives its reason"),
}


def announced(call):
    """The whole order. A call published before the rules had names announced its criteria; then came the time."""
    return list(call.tie_break) if COMMITTEE in call.tie_break else [*call.tie_break, TIME, COMMITTEE]
