"""In which language somebody reads: the own choice, else the browser's wish; and what stays as it is whoever reads."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.actions import choose_language
from accounts.member_states import sorted_in
from accounts.models import User
from accounts.states import USER
from audit.models import AuditRecord
from core import formats
from core.errors import Incomplete, NotAllowed
from core.language import each_in_house_words, for_each_reader, in_all_languages
from promises.actions import write_mails
from promises.models import Mail
from tests.factories import a_call, an_admin, an_applicant, an_officer
from tools import messages

pytestmark = pytest.mark.django_db
GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de-AT,de;q=0.9,en;q=0.5"}


@pytest.fixture(autouse=True, scope="module")
def compiled():
    messages.compile_all()


@pytest.fixture
def reader(client):
    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


# who reads


def test_a_visitor_reads_as_the_browser_asks(client):
    page = client.get("/calls/", **GERMAN)
    assert page["Content-Language"] == "de"
    assert '<html lang="de"' in page.content.decode()
    assert "Aufforderungen" in page.content.decode()
    assert '<html lang="en"' in client.get("/calls/", HTTP_ACCEPT_LANGUAGE="mt,el").content.decode()


def test_a_visitor_chooses_and_stays_on_the_page(client):
    answer = client.post("/language/", {"language": "fr"}, HTTP_REFERER="http://testserver/calls/?q=AG")
    assert answer["Location"] == "/calls/?q=AG"
    assert "Appels" in client.get("/calls/", **GERMAN).content.decode()
    assert client.cookies["django_language"]["httponly"]


def test_the_chooser_leads_to_no_foreign_page_and_takes_no_other_language(client):
    assert client.post("/language/", {"language": "de"}, HTTP_REFERER="https://evil.example/x")["Location"] == "/"
    for language in ("xx", "", "../de", "de-x", "eo"):
        assert client.post("/language/", {"language": language}).status_code == 400
    assert client.get("/language/").status_code == 405


def test_a_person_takes_the_choice_along_to_every_browser(client, reader):
    officer = an_officer()
    reader(officer).post("/language/", {"language": "de"}, HTTP_REFERER="http://testserver/desk/")
    officer.refresh_from_db()
    assert officer.language == "de"
    record = AuditRecord.objects.get(act="user.choose_language")
    assert record.changes["language"] == ["", "de"]
    client.cookies.clear()
    page = reader(officer).get(reverse("desk"), HTTP_ACCEPT_LANGUAGE="fr")
    assert '<html lang="de"' in page.content.decode()


def test_the_same_choice_again_leaves_no_record():
    officer = an_officer()
    for _time in range(2):
        choose_language(by=officer, language="fr")
    assert AuditRecord.objects.filter(act="user.choose_language").count() == 1


def test_nobody_chooses_for_another_and_nothing_that_is_not_offered():
    officer = an_officer()
    with pytest.raises(NotAllowed):
        USER.run("choose_language", officer, by=an_admin(), language="de")
    with pytest.raises(Incomplete):
        choose_language(by=officer, language="klingon")


def test_one_reader_leaves_nothing_of_a_language_to_the_next(client):
    client.get("/calls/", **GERMAN)
    assert '<html lang="en"' in client.get("/calls/").content.decode()
    client.post("/language/", {"language": "de"})
    client.get("/there-is-no-such-page/")
    client.cookies.clear()
    assert 'lang="en"' in client.get("/there-is-no-such-page/").content.decode()


def test_a_program_reads_refusals_in_the_language_it_asks_for_and_by_the_same_names(client):
    english, german = client.get("/api/no-such/"), client.get("/api/no-such/", **GERMAN)
    assert english.json()["type"] == german.json()["type"]
    assert english.json()["title"] != german.json()["title"]
    assert german["Content-Language"] == "de"


# figures, days, names


@pytest.mark.parametrize(
    ("language", "amount", "day", "moment", "share"),
    [
        ("en", "EUR\xa01\xa0234\xa0567.80", "5 March 2026", "5\xa0Mar\xa02026, 10:00", "91.5\xa0%"),
        ("de", "1\xa0234\xa0567,80\xa0EUR", "5. März 2026", "5.\xa0März\xa02026, 10:00", "91,5\xa0%"),
        ("fr", "1\xa0234\xa0567,80\xa0EUR", "5 mars 2026", "5\xa0mars\xa02026, 10:00", "91,5\xa0%"),
    ],
)
def test_figures_and_days_are_written_as_they_are_read(language, amount, day, moment, share):
    with override(language):
        assert formats.euro(Decimal("1234567.8")) == amount
        assert formats.brussels_day(date(2026, 3, 5)) == day
        assert formats.brief(datetime(2026, 3, 5, 9, tzinfo=UTC)) == moment
        assert formats.percent(Decimal("91.50")) == share


def test_countries_stand_where_their_readers_look_for_them():
    with override("de"):
        names = [name for _code, name in sorted_in("de")]
    assert names.index("Österreich") < names.index("Polen")


# mails


@for_each_reader
def a_mail(call):
    return {"subject": _("Letters"), "body": _("Reports")}


def test_each_reads_mails_in_the_own_language():
    german, nobody = an_applicant(language="de"), an_applicant()
    write_mails(to=[german.email, nobody.email, "new@example.eu"], about=nobody, **a_mail(None))
    assert dict(Mail.objects.values_list("to", "subject")) == {
        german.email: "Schreiben", nobody.email: "Letters", "new@example.eu": "Letters"
    }  # fmt: skip


def test_who_was_told_in_one_language_is_not_told_again_in_another():
    with override("fr"):
        assert in_all_languages(a_mail(None)["subject"]) == {"Letters", "Schreiben", "Lettres"}


# files


def test_a_file_has_the_same_bytes_whoever_takes_it(reader):
    a_call()
    officer = an_officer()
    for form in ("csv", "csv-semicolon", "xlsx"):
        taken = []
        for language in ("en", "de"):
            User.objects.filter(pk=officer.pk).update(language=language)
            answer = reader(officer).get(f"/calls/?format={form}")
            taken.append(b"".join(answer.streaming_content))
        assert taken[0] == taken[1]


def test_a_file_in_the_making_leaves_the_reader_its_language():
    with override("de"):
        pieces = each_in_house_words(str(_("Letters")) for _time in range(2))
        assert [(piece, str(_("Letters"))) for piece in pieces] == [("Letters", "Schreiben")] * 2
