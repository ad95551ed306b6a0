"""The official languages of the Union (Regulation No 1), by their ISO 639-1 codes."""

from django.utils.translation import gettext_lazy as _

LANGUAGES = {
    "bg": _("Bulgarian"), "cs": _("Czech"), "da": _("Danish"), "de": _("German"), "el": _("Greek"),
    "en": _("English"), "es": _("Spanish"), "et": _("Estonian"), "fi": _("Finnish"), "fr": _("French"),
    "ga": _("Irish"), "hr": _("Croatian"), "hu": _("Hungarian"), "it": _("Italian"), "lt": _("Lithuanian"),
    "lv": _("Latvian"), "mt": _("Maltese"), "nl": _("Dutch"), "pl": _("Polish"), "pt": _("Portuguese"),
    "ro": _("Romanian"), "sk": _("Slovak"), "sl": _("Slovenian"), "sv": _("Swedish"),
}  # fmt: skip


def languages_by_name():
    """(code, name) sorted by name in the reader's language."""
    return sorted(((code, str(name)) for code, name in LANGUAGES.items()), key=lambda pair: pair[1])


def names_of(codes):
    """“English, French”; a code that is none stands as it is."""
    return ", ".join(str(LANGUAGES.get(code, code)) for code in codes)
