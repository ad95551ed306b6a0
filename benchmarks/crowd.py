"""Everybody submits in the last minute, against the real web server; then each answer is held against the rows.

A client of our own: a thread a person, who comes at a moment of the window, and comes again when told to.
"""

import http.client
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from applications.models import Application, Receipt
from audit.models import AuditRecord
from promises.models import Promise
from tests.applications.factories import a_complete_draft, an_owner

HOST, PATIENCE, TOKEN = "127.0.0.1", 60, "x" * 32  # seconds until an answer counts as silence; the form's token


@dataclass
class Person:
    """One applicant with a complete draft, signed in; `answers` are (status or "silence", seconds) in turn."""

    application: Application
    cookie: str
    answers: list = field(default_factory=list)

    def submits(self, port, *, at):
        time.sleep(max(0, at - time.monotonic()))
        while not self.answers or self.answers[-1][0] == 503:
            began = time.monotonic()
            status, after = self.send(port)
            self.answers.append((status, time.monotonic() - began))
            if status == 503:
                time.sleep(after)

    def send(self, port):
        """(status, seconds to wait)"""
        door = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
        try:
            words = urlencode({"stamp": self.application.stamp, "csrfmiddlewaretoken": TOKEN})
            kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
            door.request("POST", f"/applications/{self.application.pk}/submit/", words, kind)
            answer = door.getresponse()
            answer.read()
            return answer.status, int(answer.getheader("Retry-After") or 0)
        except OSError:
            return "silence", 0
        finally:
            door.close()


def people(number, *, call, at):
    return [signed_in(a_complete_draft(by=an_owner(), call=call, at=at, timetable={"starts_on": "2099-01-01"}))
            for _one in range(number)]  # fmt: skip


def signed_in(application):
    client = Client()
    client.force_login(application.applicant.users.get())
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    return Person(Application.objects.get(pk=application.pk), cookie)


def submit_all(crowd, port, *, seconds):
    """Each at a moment of its own; returns when everybody has an answer that is none of “come back”."""
    began = time.monotonic() + 1
    threads = [
        threading.Thread(target=one.submits, args=(port,), kwargs={"at": began + random.uniform(0, seconds)})  # noqa: S311
        for one in crowd
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def held_against_the_rows(crowd):
    """What must be nothing: {lost, doubled, server errors, silent}."""
    said_yes = {one.application.pk for one in crowd if one.answers[-1][0] == 302}
    receipts = Counter(Receipt.objects.values_list("application_id", flat=True))
    records = Counter(AuditRecord.objects.filter(act="application.submit").values_list("subject_id", flat=True))
    references = Counter(Application.objects.submitted().values_list("reference", flat=True))
    return {
        "lost": len([pk for pk in said_yes if receipts[pk] != 1 or records[str(pk)] != 1]),
        "doubled": len([key for counter in (receipts, records, references) for key in counter if counter[key] > 1]),
        "server errors": len([1 for one in crowd for status, _s in one.answers if status not in (302, 503, "silence")]),
        "silent": len([1 for one in crowd for status, _s in one.answers if status == "silence"]),
    }


def unkept():
    return Promise.objects.exclude(status="KEPT").filter(kind__in=["receipt", "mail"]).count()


def waited(crowd, share):
    """Seconds that so large a share of the people waited at most, from their first try to their answer."""
    whole = sorted(sum(seconds for _status, seconds in one.answers) for one in crowd)
    return whole[min(len(whole) - 1, int(len(whole) * share))]
