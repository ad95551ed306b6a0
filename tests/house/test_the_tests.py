"""Each rule of the house is shown to catch: what it would not see, it does not guard."""

import shutil
import sys
from types import ModuleType

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.urls import include, path
from rest_framework.permissions import AllowAny
from rest_framework.views import APIView

from applications.states import APPLICATION
from programmes.models import Fund
from tests.house import rules, test_house
from tests.house.rules import Source


def guilty(rule, text, path="awards/lists.py"):
    """The lines a rule finds in a file of this text."""
    return [int(found.rpartition(":")[2]) for found in rule(Source(path, text))]


@pytest.mark.parametrize(
    "text",
    [
        "day = call.closes_at.date()",
        "day = clock.now().date()",
        'number = f"DEC-{at:%Y}"',
        'name = f"{self.at:%d %B}"',
        'name = moment.strftime("%Y%m%d")',
        "year = decision.decided_at.year",
        "day = clock.now().day",
        "today = timezone.localdate()",
        "here = localtime(at)",
    ],
)
def test_a_day_in_greenwich_is_found(text):
    assert guilty(rules.days_in_greenwich, f"import this\n{text}") == [2]


@pytest.mark.parametrize(
    "text",
    [
        "day = day_of(call.closes_at)",
        'number = f"DEC-{year_of(at)}"',
        'name = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"',
        'name = at.astimezone(BRUSSELS).strftime("%d")',
        "year = fund.starts_on.year",
        'figure = f"{points:.2f} of {most:,}"',
        'clock = at.strftime("%H:%M")',
        "rows = models.DateField().date",
    ],
)
def test_a_day_whose_place_is_said_is_none(text):
    assert guilty(rules.days_in_greenwich, text) == []


# who writes


@pytest.mark.parametrize("word", ["write", "restore"])
def test_whoever_asks_a_part_to_write_outside_an_act_is_found(word):
    text = f"import this\npart.{word}(application, said, by=request.user, at=at)"
    assert guilty(rules.asking_a_part_to_write, text, "applications/views/sections.py") == [2]
    assert guilty(rules.asking_a_part_to_write, text, "applications/actions/sections.py") == []
    assert guilty(rules.asking_a_part_to_write, "answer.write(line)", "core/export.py") == []


@pytest.mark.parametrize(
    "text",
    [
        "form.save()",
        "Award.objects.create(line=line)",
        "rows.bulk_update(rows, ['place'])",
        "Letter.objects.filter(pk=pk).update(sent_at=at)",
        "letter.delete()",
        "User.objects.get_or_create(email=email)",
    ],
)
def test_whoever_writes_outside_an_act_is_found(text):
    for room in ("awards/views/letters.py", "awards/models/outcomes.py", "awards/forms.py", "core/views.py"):
        assert guilty(rules.writing_outside_acts, f"import this\n{text}", room) == [2]


@pytest.mark.parametrize(
    "path", ["awards/actions.py", "awards/actions/letters.py", "awards/documents.py", "audit/record.py"]
)
def test_acts_may_write(path):
    assert guilty(rules.writing_outside_acts, "row.save()", path) == []


def test_a_file_that_is_stored_is_no_row():
    assert guilty(rules.writing_outside_acts, "storage.save(name, content)") == []


# who is let in


def shut(request):
    return HttpResponse()


def opened(request):
    return HttpResponse()


opened.login_required = False


class Shut(APIView):
    def get(self, request):
        return HttpResponse()


class Opened(APIView):
    permission_classes = [AllowAny]


def test_a_door_that_was_opened_is_found_however_deep():
    inner = [path("in/", opened), path("out/", shut), path("api/", Opened.as_view()), path("token/", Shut.as_view())]
    by_hand = path("hand/", Shut.as_view(permission_classes=[AllowAny]))
    assert rules.open_doors([path("a/", include((inner, "inner"))), by_hand]) == {"a/in/", "a/api/", "hand/"}


# who knows whom


@pytest.mark.parametrize("word", ["application", "Applicants", "Fund", "awards", "criterion"])
def test_a_word_of_the_trade_is_found(word):
    assert guilty(rules.words_of_the_trade, f"import this\n# asks the {word} first") == [2]


def test_what_only_looks_like_the_trade_is_none():
    assert guilty(rules.words_of_the_trade, 'kind = "application/pdf"\nrefund = a_funded_thing') == []


@pytest.mark.parametrize(
    "line",
    [
        'kept = Promise.objects.filter(kind="open_call")',
        "application_id = models.UUIDField(null=True)",
        'OFFICE = {"OFFICER", "AUTHORISING"}',
        "rows.exclude(call_id=None)",
        '"""A receipt to draw."""',
    ],
)
def test_a_word_of_the_floors_above_is_found(line):
    assert guilty(rules.words_of_the_floors_above, f"import this\n{line}", "promises/querysets.py") == [2]


def test_what_is_owed_for_anything_names_nothing():
    text = 'rows.filter(scope__has_any_keys=list(settings.SEALS))\nuser.belongs_to("sees_deliveries")\ncallable(call)'
    assert guilty(rules.words_of_the_floors_above, text, "promises/querysets.py") == []


@pytest.fixture
def another_house(tmp_path):
    """A copy of the apps, to do mischief in."""
    for app in test_house.APPS:
        shutil.copytree(test_house.ROOT / app, tmp_path / app, ignore=shutil.ignore_patterns("__pycache__", "data"))
    shutil.copy(test_house.ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("applications/querysets.py", "import awards.models"),  # up the street
        ("demo/story.py", "import isf_police.urls"),  # to the neighbour
        ("evaluation/models.py", "import evaluation.actions"),  # up the stairs
    ],
)
def test_an_import_that_goes_up_is_found(another_house, room, line):
    place = another_house / room
    place = place if place.exists() else another_house / room.replace(".py", "") / "__init__.py"
    place.write_text(f"{place.read_text()}\n{line}\n")
    assert line.split()[1].split(".")[0] in test_house.lint_imports(another_house)


def test_a_module_without_a_room_is_found(another_house):
    (another_house / "awards/helpers.py").touch()
    assert "- awards.helpers" in test_house.lint_imports(another_house)


# what nobody calls


def unsaid(text, *pages):
    found = rules.names_nobody_says([Source("awards/lists.py", text)], [Source("a.html", page) for page in pages])
    return [one.split()[-1] for one in found]


def test_a_function_a_class_and_a_method_nobody_calls_are_found():
    text = """
from awards.models import forgotten
__all__ = ["forgotten", "Nothing"]
def forgotten(): "As forgotten as the rest."
class Nothing:
    def of_use(self): pass
    @property
    def may_be_read(self): pass
"""
    assert unsaid(text) == ["forgotten", "Nothing", "of_use", "may_be_read"]
    assert unsaid(text, "{{ call.may_be_read }} Nothing") == ["forgotten", "of_use"]


@pytest.mark.parametrize("use", ["told()", "call(told)", "letter.told", "f(told=1)", "VIEWS = ['told']", "x: told = 1"])
def test_a_name_in_use_is_none(use):
    assert unsaid(f"def told(): pass\n{use}") == []


def test_what_a_framework_calls_is_none():
    assert (
        unsaid("""
class Command(BaseCommand):
    def add_arguments(self, parser): pass
class Site(AppConfig):
    def ready(self): pass
@LETTER.action("send")
def send_letter(letter): pass
@keeps("mail")
def deliver(mail): pass
""")
        == []
    )
    assert unsaid("def ready(): pass\ndef clean_tie_break(form): pass") == ["ready", "clean_tie_break"]


# how long things are


def test_a_long_file_and_a_long_function_are_found():
    assert rules.too_long(Source("awards/lists.py", "pass\n" * 300)) == []
    assert rules.too_long(Source("awards/lists.py", "pass\n" * 301)) == ["awards/lists.py"]
    assert guilty(rules.too_long, "import this\ndef long():\n" + "    pass\n" * 49) == []
    assert guilty(rules.too_long, "import this\ndef long():\n" + "    pass\n" * 50) == [2]


def test_the_high_mark_of_nineteen_in_twenty():
    assert rules.high_mark([*range(1, 101)]) == 95
    assert rules.high_mark([10] * 95 + [400] * 5) == 10
    assert rules.high_mark([10] * 94 + [400] * 6) == 400
    assert rules.high_mark([7]) == 7


# what a page may hold


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://cdn.example/a.js"></script>',
        '<link rel="stylesheet" href="//fonts.example/a.css">',
        "body { background: url(http://elsewhere.example/a.png) }",
    ],
)
def test_an_address_outside_is_found(text):
    assert guilty(rules.addresses_outside, f"\n{text}", "templates/base.html") == [2]


def test_what_lies_here_is_not_outside():
    assert guilty(rules.addresses_outside, '<a href="/calls/">https://example.eu</a> url(../icons/a.svg)') == []


@pytest.mark.parametrize(
    "text", ["{{ comment|safe }}", "{{ comment | safe }}", "{% autoescape off %}", "mark_safe(name)"]
)
def test_what_is_marked_safe_is_found(text):
    assert guilty(rules.marked_safe, f"\n{text}", "templates/base.html") == [2]
    assert guilty(rules.marked_safe, "{{ comment|safest }} is_safe(name)", "templates/base.html") == []


# what is written down elsewhere


@pytest.mark.django_db
def test_a_model_without_its_migration_is_found(monkeypatch):
    monkeypatch.setattr(Fund._meta.get_field("code"), "max_length", 7)
    with pytest.raises(SystemExit):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_step_that_went_is_missed_on_the_page(monkeypatch):
    whole = test_house.who_may_do_what()
    monkeypatch.delitem(APPLICATION.steps, "withdraw")
    assert test_house.who_may_do_what() != whole


def test_an_api_that_cannot_be_described_is_found(monkeypatch):
    monkeypatch.setitem(sys.modules, "guilty_urls", guilty_urls := ModuleType("guilty_urls"))
    guilty_urls.urlpatterns = [path("api/nothing/", Shut.as_view())]
    with pytest.raises(CommandError, match="warning"):
        test_house.describe_the_api(urlconf="guilty_urls")


def test_every_test_of_the_house_is_shown_to_fail():
    """Whoever adds a rule adds its guilty case."""
    tests = {name for name in vars(test_house) if name.startswith("test_")}
    assert tests == set(SHOWN)
    for shown_by in SHOWN.values():
        assert callable(globals()[shown_by])


SHOWN = {
    "test_imports_go_one_way": "test_an_import_that_goes_up_is_found",
    "test_migrations_are_up_to_date": "test_a_model_without_its_migration_is_found",
    "test_only_actions_write": "test_whoever_writes_outside_an_act_is_found",
    "test_only_actions_ask_a_part_to_write": "test_whoever_asks_a_part_to_write_outside_an_act_is_found",
    "test_every_open_door_is_named": "test_a_door_that_was_opened_is_found_however_deep",
    "test_core_knows_no_word_of_the_trade": "test_a_word_of_the_trade_is_found",
    "test_what_is_recorded_and_owed_knows_no_word_of_the_floors_above": "test_a_word_of_the_floors_above_is_found",
    "test_no_name_that_nobody_says": "test_a_function_a_class_and_a_method_nobody_calls_are_found",
    "test_no_long_file_and_no_long_function": "test_a_long_file_and_a_long_function_are_found",
    "test_nineteen_of_twenty_files_can_be_read_at_a_sitting": "test_the_high_mark_of_nineteen_in_twenty",
    "test_a_day_is_a_day_in_brussels": "test_a_day_in_greenwich_is_found",
    "test_the_page_of_who_may_do_what_is_current": "test_a_step_that_went_is_missed_on_the_page",
    "test_the_description_of_the_api_has_no_warning": "test_an_api_that_cannot_be_described_is_found",
    "test_no_address_of_anything_outside_in_a_page": "test_an_address_outside_is_found",
    "test_nothing_from_people_is_marked_safe": "test_what_is_marked_safe_is_found",
}
