"""The Member States by the EU's own codes (EL, not GR, for Greece), in English."""

from functools import lru_cache
from unicodedata import normalize

from django.utils.translation import get_language
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
    return sorted_in(get_language())


@lru_cache(maxsize=32)
def sorted_in(language):
    return sorted(((code, str(name)) for code, name in MEMBER_STATES.items()), key=lambda pair: bare(pair[1]))


def bare(name):
    """Österreich stands under O."""
    return normalize("NFKD", name).casefold()
