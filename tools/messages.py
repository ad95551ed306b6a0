"""python -m tools.messages [compile]: the sentences of the house, collected for translators and made ready to be read.

Without a word: collect every sentence of code and templates into `locale/*/LC_MESSAGES/django.po`, keep what was
translated, drop what nobody says any more, and tell what is missing. Nothing is guessed: a changed sentence is a new
one. With `compile`: write the `.mo` files that Django reads, where they are older. All by Babel; no program of the
system is needed.
"""

import sys
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tools.places import CHECKOUT, say

LOCALE = CHECKOUT / "locale"
APPS = (
    "accounts", "applications", "audit", "awards", "core", "demo", "evaluation", "isf_police", "programmes", "promises",
    "reports", "templates",
)  # fmt: skip
SAID_IN = {".py", ".html", ".txt"}
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None, "gettext_noop": None, "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip


def main():
    if sys.argv[1:] == ["compile"]:
        compile_all()
        return
    template = collected()
    for path in catalogs():
        say(f"{path.parent.parent.name}: {renewed(path, template)}")


def catalogs():
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def collected():
    """The catalogue of all that is said, without translations."""
    template = Catalog()
    for path in sources():
        for line, said, _comments, context in sentences(path):
            place = path.relative_to(CHECKOUT).as_posix(), line
            template.add(said, locations=[place], context=context)
    return template


def sources():
    found = (path for app in APPS for path in (CHECKOUT / app).rglob("*"))
    return sorted(path for path in found if path.suffix in SAID_IN)


def sentences(path):
    """Django turns a template into something like Python; indentation has no meaning there."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).split("\n"))
    return extract("python", BytesIO(text.encode()), keywords=KEYWORDS)


def renewed(path, template):
    """Write the file anew with what is said now; gives a sentence on what is missing."""
    catalog = catalog_of(path)
    since = catalog.creation_date
    catalog.update(template, no_fuzzy_matching=True)
    catalog.creation_date = since
    catalog.obsolete.clear()
    write(path, catalog)
    lacking = [message for message in catalog if message.id and not is_whole(message)]
    first = "".join(f"\n  {message.id!r}" for message in lacking[:20])
    return f"{len(catalog)} sentences, {len(lacking)} to translate{first}"


def catalog_of(path):
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def write(path, catalog):
    """Without lines of code and dates, so that a change shows what was translated and nothing else."""
    with path.open("wb") as file:
        write_po(file, catalog, width=120, omit_header=False, sort_output=True, no_location=True)


def is_whole(message):
    said = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(said)


def compile_all():
    for path in catalogs():
        made = path.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < path.stat().st_mtime:
            with made.open("wb") as file:
                write_mo(file, catalog_of(path))


if __name__ == "__main__":
    main()
