"""With the demo's data, nobody is shown a link that does not open."""

import re

import pytest

from accounts.models import User
from programmes.models import Call

HREF = re.compile(r'href="(/[^"#?]*)')
FILES = re.compile(r"/logout/|/pdf/|/api/|attachments|\.(css|js|svg|ico|pdf|csv|xlsx|woff2)|/static/")


def links_on(client, address):
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    return set(HREF.findall(answer.content.decode()))


@pytest.mark.slow
def test_every_link_on_a_desk_and_on_the_calls_opens(client, db, said):
    said("load_funds")
    said("load_demo", only=["RADNET-CE", "FOLLOW", "COMPASS", "TYREFIRE", "WHISTLE", "ARGENT"], patience=0)
    start = {"/desk/", *(f"/calls/{call.pk}/" for call in Call.objects.all())}
    start |= {f"/evaluation/calls/{call.pk}/" for call in Call.objects.filter(status__in=["EVALUATION", "RANKED"])}
    for email in ["officer@home.example.eu", "authorising@home.example.eu", "auditor@eca.example.eu"]:
        client.force_login(User.objects.get(email=email))
        seen = set()
        for address in start:
            if client.get(address).status_code == 200:
                seen |= {link for link in links_on(client, address) if not FILES.search(link)}
        closed = {link: client.get(link, follow=True).status_code for link in seen}
        assert {link: status for link, status in closed.items() if status != 200} == {}, email
