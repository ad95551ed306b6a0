"""What a PDF must carry, and what a page may never make us fetch."""

import base64
import re
import subprocess
import sys
from io import BytesIO
from urllib.parse import quote

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from core.pdf import DEEPEST, PdfRefused, draw_pdf, render_pdf

CANARY = "CANARY-0c1f7a"
SENDER = {"institution": "European Commission", "department": "Home Affairs", "unit": "Unit", "address": "Brussels"}
LETTER = {
    "sender": SENDER,
    "addressee": ["Υπουργείο Προστασίας του Πολίτη", "Αθήνα"],
    "date": "12 March 2026",
    "reference": "ISFP-2017-AG-PROTECT/7",
    "subject_facts": [("Call", "ISFP-2017-AG-PROTECT")],
    "signatory": {"name": "Jeanne Dupont", "function": "Authorising officer"},
    "digest": "ab" * 32,
}
REPORT = {**LETTER, "columns": ["Rank", "Applicant"], "numeric": [0]}
ALPHABETS = {
    "bg": "Министерство на вътрешните работи, Щъркел, ЮЯ",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy",
    "da": "Rødgrød på ærø, Åbenrå",
    "de": "Bundeskriminalamt, Straße, ÄÖÜ äöü ẞ",
    "el": "Υπουργείο Προστασίας του Πολίτη, ΆΈΉΊΌΎΏ ϊϋΐΰ ς",
    "en": "quick brown fox – “quoted” ‘words’ … € §",
    "es": "¿Ministerio? ¡Ñandú! áéíóúü",
    "et": "Õun, šokolaad, žürii, äöü",
    "fi": "Hyvää yötä, Ålandsbanken, šakki",
    "fr": "Œuvre, français, naïf, où ça, « ÀÉÈÊËÎÏÔÙÛÜŸ »",
    "ga": "Ár bPáirtí, Éire, síochána, ÓÚ",
    "hr": "Čakovec, šljiva, žaba, đak, ćevap",
    "hu": "Árvíztűrő tükörfúrógép, ŐŰ",
    "it": "Perché, città, più, ÀÈÌÒÙ",
    "lt": "Ąžuolas, čėžė, ęįšųūž",
    "lv": "Āčēģīķļņšūž",
    "mt": "Ġgantija, Ħaġar, żebbuġ, ċavetta",
    "nl": "Coördinatie, reünie, IJsselmeer",
    "pl": "Zażółć gęślą jaźń, Łódź",
    "pt": "Ação, coração, ÀÂÃÇÉÊÍÓÔÕÚ",
    "ro": "Mulțumesc, șoarece, ÂÎĂȘȚ",
    "sk": "Ľúbezný kôň, ŕ ĺ ť ď ň",
    "sl": "Čmrlj, šiv, žeja",
    "sv": "Räksmörgås på Åland",
}

opened = []  # (what, where) while a test listens
listening = False


def note(event, arguments):
    if listening and event in {"socket.connect", "socket.getaddrinfo"}:
        opened.append((event, str(arguments[-1])))
    if listening and event == "open" and CANARY in str(arguments[0]):
        opened.append((event, str(arguments[0])))


sys.addaudithook(note)


@pytest.fixture
def ears():
    """Hear every connection and every opening of the canary file while a page is drawn."""
    global listening
    opened.clear()
    listening = True
    yield opened
    listening = False


@pytest.fixture
def canary(tmp_path):
    path = tmp_path / f"{CANARY}.txt"
    path.write_text(CANARY * 3)
    return path.as_uri()


def page(body, head=""):
    return f'<!doctype html><html lang="en"><head><title>T</title>{head}</head><body>{body}</body></html>'


def svg(inner):
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"'
    text = f'<svg {names} width="9" height="9">{inner}</svg>'
    return "data:image/svg+xml," + quote(text)


def entity(url):
    text = f'<!DOCTYPE svg [<!ENTITY e SYSTEM "{url}">]><svg xmlns="http://www.w3.org/2000/svg"><text>&e;</text></svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(text.encode()).decode()


def shown(address):
    return page(f'<img alt="" src="{address}">')


VECTORS = {
    "image": lambda url: page(f'<img alt="" src="{url}">'),
    "protocol-relative": lambda url: page(f'<img alt="" src="{url.split(":", 1)[1]}">', f'<base href="{url}">'),
    "base": lambda url: page('<img alt="" src="x.png">', f'<base href="{url}/">'),
    "stylesheet": lambda url: page("x", f'<link rel="stylesheet" href="{url}">'),
    "import": lambda url: page("x", f'<style>@import url("{url}");</style>'),
    "background": lambda url: page("x", f'<style>body {{ background: url("{url}"); }}</style>'),
    "style-attribute": lambda url: page(f"<p style=\"background-image: url('{url}')\">x</p>"),
    "content": lambda url: page("x", f'<style>body::before {{ content: url("{url}"); }}</style>'),
    "list-image": lambda url: page("<ul><li>x</ul>", f'<style>ul {{ list-style-image: url("{url}"); }}</style>'),
    "border-image": lambda url: page(
        "<p>x</p>", f'<style>p {{ border: 9px solid; border-image: url("{url}") 9; }}</style>'
    ),
    "font": lambda url: page(
        "<p>x</p>", f'<style>@font-face {{ font-family: F; src: url("{url}"); }} p {{ font-family: F; }}</style>'
    ),
    "colour-profile": lambda url: page("x", f'<style>@color-profile --c {{ src: url("{url}"); }}</style>'),
    "page-margin": lambda url: page("x", f'<style>@page {{ @top-left {{ content: url("{url}"); }} }}</style>'),
    "attachment-link": lambda url: page("x", f'<link rel="attachment" href="{url}">'),
    "attachment-anchor": lambda url: page(f'<a rel="attachment" href="{url}">x</a>'),
    "object": lambda url: page(f'<object data="{url}" type="image/png">x</object>'),
    "embed": lambda url: page(f'<embed src="{url}" type="image/png">'),
    "iframe": lambda url: page(f'<iframe src="{url}"></iframe>'),
    "svg-image": lambda url: page(f'<svg width="9" height="9"><image href="{url}" width="9" height="9"/></svg>'),
    "svg-use": lambda url: page(f'<svg width="9" height="9"><use href="{url}#a"/></svg>'),
    "svg-in-data": lambda url: shown(svg(f'<image x:href="{url}" width="9"/>')),
    "svg-entity": lambda url: shown(entity(url)),
    "svg-style": lambda url: shown(svg(f"<style>@import url({url});</style>")),
}


def drawn_or_refused(html):
    try:
        return draw_pdf(html)
    except PdfRefused:
        return b""


@pytest.mark.parametrize("vector", sorted(VECTORS))
@pytest.mark.parametrize("target", ["http://127.0.0.1:9/x.png", "https://[::1]:9/x", "ftp://127.0.0.1:9/x", "file"])
def test_nothing_is_fetched(vector, target, canary, ears):
    draw_pdf(page("warm up: our own fonts are read here"))
    opened.clear()
    pdf = drawn_or_refused(VECTORS[vector](canary if target == "file" else target))
    assert opened == []
    assert CANARY.encode() not in pdf
    assert not pdf or PdfReader(BytesIO(pdf)).attachments == {}


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/x", "file:///etc/passwd", "house:../../etc/passwd", "house:x"])
def test_a_page_that_asks_for_something_is_refused_loudly(url):
    with pytest.raises(PdfRefused, match="from outside"):
        draw_pdf(VECTORS["image"](url))


def test_what_people_write_is_text_and_nothing_else(ears):
    poison = '<img src="http://127.0.0.1:9/x"><style>@import "http://127.0.0.1:9/"</style></p></body>'
    pdf = render_pdf("letters/report.html", {**REPORT, "rows": [["1", poison]]}, title=poison)
    assert poison[:20] in text_of(pdf)
    assert opened == []


def test_pictures_inside_the_page_are_drawn():
    dot = svg('<rect width="9" height="9" fill="red"/>')
    assert draw_pdf(page(f'<img alt="a red dot" src="{dot}">')).startswith(b"%PDF-1.7")


def letter(**changes):
    return render_pdf("letters/base.html", {**LETTER, **changes}, title="Invitation")


def text_of(pdf):
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("language", sorted(ALPHABETS))
def test_every_alphabet_prints(language):
    said = ALPHABETS[language]
    pdf = letter(addressee=[said])
    assert said in " ".join(text_of(pdf).split())


def test_there_are_all_24_languages():
    assert len(ALPHABETS) == 24


def test_every_font_is_ours_and_inside(tmp_path):
    (tmp_path / "letter.pdf").write_bytes(letter(addressee=list(ALPHABETS.values())))
    table = subprocess.run(["pdffonts", tmp_path / "letter.pdf"], capture_output=True, check=True, text=True).stdout
    fonts = table.splitlines()[2:]
    assert fonts
    assert [line for line in fonts if "+House" not in line or " yes yes yes " not in line] == []


def test_the_file_says_what_it_is():
    catalog = PdfReader(BytesIO(letter())).trailer["/Root"]
    metadata = catalog["/Metadata"].get_data().decode()
    assert catalog["/Lang"] == "en"
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert 'part="3"' in metadata
    assert 'conformance="A"' in metadata
    assert 'pdfuaid:part="1"' in metadata
    assert metadata.count("<rdf:RDF") == 1
    assert "PDF/UA identification schema" in metadata
    assert "/OutputIntents" in catalog


def test_title_author_and_reference_are_in_the_file():
    info = PdfReader(BytesIO(letter())).metadata
    assert info.title == "Invitation"
    assert info.author == "European Commission"
    assert "ISFP-2017-AG-PROTECT/7" in info.subject


def roles_of(node):
    """Every role of the tag tree."""
    node = node.get_object()
    if not isinstance(node, dict):
        return set()
    children = node.get("/K", [])
    children = children if isinstance(children, list) else [children]
    return {node.get("/S")}.union(*(roles_of(child) for child in children))


def test_headings_tables_and_lists_are_tagged():
    pdf = render_pdf("letters/report.html", {**REPORT, "rows": [["1", "BKA"]]}, title="Ranked list")
    assert {"/H1", "/P", "/Table", "/TR", "/TH", "/TD"} <= roles_of(
        PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]
    )


def test_each_page_has_its_number_the_reference_and_the_digest():
    pages = PdfReader(BytesIO(letter(addressee=["x"] * 90))).pages
    assert len(pages) > 1
    for number, one in enumerate(pages, start=1):
        text = one.extract_text()
        assert f"Page {number} / {len(pages)}" in text
        assert "ISFP-2017-AG-PROTECT/7" in text
        assert "ab" * 32 in text


def test_the_same_input_gives_the_same_bytes():
    assert letter() == letter()


def test_other_input_gives_other_bytes():
    assert letter() != letter(date="13 March 2026")


def test_a_language_is_set():
    pdf = render_pdf("letters/base.html", LETTER, title="Εισαγωγή", language="el")
    assert PdfReader(BytesIO(pdf)).trailer["/Root"]["/Lang"] == "el"


@pytest.mark.parametrize("frame", ["<p class=prose>{}</p>", "<table><tr><td>{}</td></tr></table>"])
def test_a_very_long_text_is_drawn(frame):
    said = "said at length and " * 2600
    assert len(PdfReader(BytesIO(draw_pdf(page(frame.format(said))))).pages) > 5


@pytest.mark.parametrize("frame", ["<p>{}</p>", "<table><tr><td>1</td><td>{}</td><td>EUR 1</td></tr></table>"])
def test_a_word_without_end_stays_on_the_page(frame):
    pdf = draw_pdf(page(frame.format("abcdefghij" * 500)))
    words = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    edges = [float(edge) for edge in re.findall(rb'xMax="([\d.]+)"', words)]
    assert max(edges) < 596 - 60


def test_a_digest_is_not_broken():
    assert "0123456789abcdef" * 4 in text_of(draw_pdf(page("<p>" + "0123456789abcdef" * 4 + "</p>")))


@pytest.mark.slow
def test_two_thousand_rows_are_drawn():
    rows = [[str(number), f"Authority {number}"] for number in range(2000)]
    pdf = render_pdf("letters/report.html", {**REPORT, "rows": rows}, title="Long")
    assert "Authority 1999" in PdfReader(BytesIO(pdf)).pages[-1].extract_text()


@pytest.mark.parametrize("depth", [DEEPEST + 1, 300, 5000])
def test_a_nest_is_refused_in_words(depth):
    with pytest.raises(PdfRefused, match="nested too deeply"):
        draw_pdf(page("<div>" * depth + "x"))


def test_a_nest_within_the_limit_is_drawn():
    assert draw_pdf(page("<div>" * (DEEPEST - 5) + "x"))


def test_a_page_with_too_many_parts_is_refused():
    with pytest.raises(PdfRefused, match="too many parts"):
        draw_pdf(page("<i></i>" * 61_000))


def test_a_page_that_is_too_long_is_refused():
    with pytest.raises(PdfRefused, match="too long"):
        draw_pdf(page("x" * 8_000_001))


def test_one_refusal_does_not_spoil_the_next_letter():
    before = letter()
    with pytest.raises(PdfRefused):
        draw_pdf(page("<div>" * 300))
    assert letter() == before


def test_the_stylesheet_asks_only_for_our_fonts():
    css = render_to_string("letters/letter.css", {"fonts": [("house:normal-400", "normal", 400, "/x")]})
    assert css.count("url(") == 1
    assert 'url("house:normal-400")' in css
