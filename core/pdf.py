"""A template drawn as a PDF that can be kept for decades and read aloud.

What every file carries: PDF/A-3a (fonts and colour profile embedded, tags, language, title) and the
identifier of PDF/UA-1 with the extension schema PDF/A wants for it; WeasyPrint 70 writes one or the other,
`accessible_too` adds the second to the first. Headings, lists, tables and links are tagged; a picture needs
its `alt`. The same input gives the same bytes, so the SHA-256 of a letter can be checked by drawing again.

Nothing is fetched. The only addresses that answer are `data:` and our own fonts by name; any other stops the
drawing, so a letter is never silently short of a part. WeasyPrint takes seconds to import and keeps memory:
draw in the worker, not in the web process.
"""

import re
from functools import cache
from importlib import import_module
from threading import Lock

from django.template.loader import get_template, render_to_string
from django.utils import translation

from core.fonts import house_fonts

VARIANT = "pdf/a-3a"
DEEPEST = 60  # elements within elements; WeasyPrint lays out by recursion
MOST_ELEMENTS = 60_000
LONGEST = 8_000_000  # characters of HTML
ENDLESS = re.compile(r"\S{71,}")  # longer than a SHA-256: would push a table off the page
PIECE = re.compile(r"(\S{30})(?=\S)")
STYLESHEET = "letters/letter.css"
PDF_UA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the standard the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""

drawing = Lock()  # the fonts are shared, and Pango's font map is not made for several threads


class PdfRefused(Exception):
    """The document cannot be drawn as it is; the sentence says why. Nothing was written."""


def render_pdf(template_name, context, *, title, language="en"):
    """The bytes of a PDF from a template that extends `letters/base.html` or `letters/report.html`."""
    with translation.override(language):
        page = render_to_string(template_name, {**context, "title": title, "language": language})
    return draw_pdf(page)


def draw_pdf(page):
    """The bytes of a PDF from a whole HTML page."""
    require_length(page)
    with drawing:
        return drawn(page)


def drawn(page):
    weasyprint, stylesheet, fonts = workshop()
    try:
        document = weasyprint.HTML(string=page, url_fetcher=closed_fetcher())
        require_drawable(document.etree_element)
        soften(document.etree_element)
        return document.write_pdf(
            stylesheets=[stylesheet],
            font_config=fonts,
            pdf_variant=VARIANT,
            finisher=accessible_too,
        )
    except RecursionError as problem:
        raise PdfRefused("The document is nested too deeply to be drawn.") from problem
    except urls().FatalURLFetchingError as problem:
        raise PdfRefused(f"The document asks for something from outside: {problem}") from None


@cache
def workshop():
    """WeasyPrint, our stylesheet parsed once, and the fonts set up once for the whole process."""
    weasyprint = import_module("weasyprint")
    fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    css = get_template(STYLESHEET).render({"fonts": house_fonts()})
    stylesheet = weasyprint.CSS(string=css, font_config=fonts, url_fetcher=closed_fetcher())
    return weasyprint, stylesheet, fonts


def urls():
    return import_module("weasyprint.urls")


@cache
def closed_fetcher():
    """A fetcher that answers for `data:` and our own fonts; everything else is a fatal error."""
    base = urls().URLFetcher
    fonts = {address: path for address, _style, _weight, path in house_fonts()}  # names, no path to climb out of

    class ClosedFetcher(base):
        def fetch(self, url, headers=None):
            if url in fonts:
                return urls().URLFetcherResponse(url, fonts[url].read_bytes(), {"Content-Type": "font/ttf"})
            if url.startswith("data:"):
                return super().fetch(url)
            raise PdfRefused(url)

    return ClosedFetcher(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)


def accessible_too(document, pdf):
    """Add the identifier of PDF/UA to the metadata that PDF/A has just been given."""
    metadata = next(one for one in pdf.objects if getattr(one, "extra", {}).get("Type") == "/Metadata")
    metadata.stream = [part.replace(b"</rdf:RDF>", PDF_UA + b"</rdf:RDF>") for part in metadata.stream]


def soften(root):
    """Let endless words break; `overflow-wrap: anywhere` would, in a quarter of an hour for a long comment."""
    for element in root.iter():
        if element.text and element.tag != "style":
            element.text = softened(element.text)
        if element.tail:
            element.tail = softened(element.tail)


def softened(text):
    return ENDLESS.sub(lambda word: PIECE.sub("\\1\u200b", word[0]), text)


def require_length(page):
    if len(page) > LONGEST:
        raise PdfRefused("The document is too long to be drawn.")


def require_drawable(root):
    """Count elements and depth without recursion: the very thing a nested document would break."""
    level, depth, elements = [root], 0, 0
    while level:
        depth, elements = depth + 1, elements + len(level)
        if depth > DEEPEST:
            raise PdfRefused("The document is nested too deeply to be drawn.")
        if elements > MOST_ELEMENTS:
            raise PdfRefused("The document has too many parts to be drawn.")
        level = [child for element in level for child in element]
