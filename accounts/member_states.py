"""The Member States by the EU's own codes (EL, not GR, for Greece), in English."""

from django.utils.translation import gettext_lazy as _

MEMBER_STATES = {
    "AT": _("Austria"), "BE": _("Belgium"), "BG": _("Bulgaria"), "CY": _("Cyprus"), "CZ": _("Czechia"),
    "DE": _("Germany"), "DK": _("Denmark"), "EE": _("Estonia"), "EL": _("Greece"), "ES": _("Spain"),
    "FI": _("Finland"), "FR": _("France"), "HR": _("Croatia"), "HU": _("Hungary"), "IE": _("Ireland"),
    "IT": _("Italy"), "LT": _("Lithuania"), "LU": _("Luxembourg"), "LV": _("Latvia"), "MT": _("Malta"),
    "NL": _("Netherlands"), "PL": _("Poland"), "PT": _("Portugal"), "RO": _("Romania"), "SE": _("Sweden"),
    "SI": _("Slovenia"), "SK": _("Slovakia"), "UK": _("United Kingdom"),
}  # fmt: skip


def by_name():
    """(code, name) sorted by name in the reader's language."""
    return sorted(MEMBER_STATES.items(), key=lambda pair: str(pair[1]))
