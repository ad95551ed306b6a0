"""What programs send, before anything looks at it."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ParseError

from core.errors import Incomplete
from core.fields import TURNING, is_forbidden
from core.parsers import PRINTED, PlainJSONParser, found_in, require_printable

PLAIN = st.text(st.characters(blacklist_categories=("Cc", "Cs"), blacklist_characters=TURNING), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PLAIN, inner, max_size=3),
    max_leaves=12,
)


def parsed(text):
    body = text if isinstance(text, bytes) else text.encode()
    return PlainJSONParser().parse(io.BytesIO(body), "application/json", {"encoding": "utf-8"})


def test_a_number_of_thousands_of_figures_is_refused_in_words_for_people():
    with pytest.raises(ParseError, match="too many figures"):
        parsed('{"a": ' + "9" * 5000 + "}")


@pytest.mark.parametrize("text", ["{}", "[]", '{"a": [1, null, "ß"]}', '[{"a": "line\\nline\\ttab\\r"}]'])
def test_an_object_or_a_list_is_taken_as_it_is(text):
    assert parsed(text) == json.loads(text)


@pytest.mark.parametrize("text", ["1", "null", "true", '"text"', "1.5", "-0"])
def test_anything_else_is_asked_for_again(text):
    with pytest.raises(ParseError, match="Send a JSON object: names and values in braces"):
        parsed(text)


@pytest.mark.parametrize("text", ["", "{", "{'a': 1}", "{a: 1}", "[1,]", "NaN", '{"a": NaN}', b"\xff\xfe", "<xml/>"])
def test_what_is_no_json_is_refused(text):
    with pytest.raises(ParseError):
        parsed(text)


@pytest.mark.parametrize(("text", "places"), [('{"a": [1, 1e999]}', ["a.1"]), ('{"b": {"c": -1e999}}', ["b.c"])])
def test_a_number_beyond_all_bounds_is_named_by_its_place(text, places):
    with pytest.raises(Incomplete) as refused:
        parsed(text)
    assert list(refused.value.gaps) == places


@pytest.mark.parametrize("depth", [100_000, 1_000_000])
def test_a_nest_without_end_is_refused_in_words(depth):
    with pytest.raises(ParseError, match="nested too deeply"):
        parsed("[" * depth + "]" * depth)


@pytest.mark.parametrize(("said", "places"), [
    ({"title": "a\x00b"}, ["title"]),
    ({"partners": [{"name": "ok"}, {"name": "a\x07"}]}, ["partners.1.name"]),
    ([["ok", "\x1b[31m"]], ["0.1"]),
    ({"a\x00b": "ok"}, [""]),
    ({"deep": {"er": {"est\x08": 1}}}, ["deep.er"]),
    ({"half": "\ud800", "title": "\x7f"}, ["half", "title"]),
])  # fmt: skip
def test_what_cannot_be_printed_is_named_by_its_place(said, places):
    with pytest.raises(Incomplete) as refused:
        require_printable(said)

    assert sorted(refused.value.gaps) == sorted(places)
    assert "nothing was changed" in str(refused.value.sentence)


@pytest.mark.parametrize("text", ["line\nline", "a\tb", "a\r\nb", "żółć", "Ελλάδα", "🂡", "\u200b", "e\u0301"])
def test_what_people_write_is_printable(text):
    require_printable({"a": [text]})


@given(VALUES)
def test_every_text_is_looked_at_once_with_its_place(said):
    found = list(found_in(said))

    assert sorted(text for _place, text in found) == sorted(texts_of(said))


def texts_of(said):
    """The same, the plain way."""
    if isinstance(said, str):
        return [said]
    if isinstance(said, dict):
        return [*said, *(text for inner in said.values() for text in texts_of(inner))]
    return [text for inner in said for text in texts_of(inner)] if isinstance(said, list) else []


@given(VALUES, st.sampled_from([chr(number) for number in range(32) if chr(number) not in PRINTED]))
def test_one_bad_character_anywhere_refuses_all(said, bad):
    assert is_forbidden(bad, allowed=PRINTED)
    require_printable(said)

    with pytest.raises(Incomplete):
        require_printable([said, {"x": f"y{bad}"}])
