"""A person's program: it carries a token, and gets the same sentences as the person does on the page."""

import re

from rest_framework.test import APIClient

from accounts.models import User


class Program:
    """A program of one person, on a machine of its own; its refusals are asserted, never overlooked."""

    machines = iter(range(1, 250))

    def __init__(self, token=""):
        self.client = APIClient(REMOTE_ADDR=f"10.1.0.{next(self.machines)}")
        self.take(token)

    def take(self, token):
        if token:
            self.client.credentials(HTTP_AUTHORIZATION=f"Token {token}")

    def asks(self, method, path, data=None, form="json"):
        """The answer, whatever it is."""
        said = {} if method == "get" else {"data": data or {}, "format": form}
        return getattr(self.client, method)(f"/api/{path}", **said)

    def gets(self, path):
        answer = self.asks("get", path)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.content.decode()[:500]}"
        return answer.json()

    def sends(self, path, data=None, *, method="post", form="json"):
        answer = self.asks(method, path, data, form)
        assert answer.status_code in {200, 201, 202, 204}, (
            f"{path}: {answer.status_code} {answer.content.decode()[:900]}"
        )
        return answer.json() if answer.content else None

    def saves(self, row, data, *, below="", method="post"):
        """What writes over something says what it was based on."""
        return self.sends(f"{row}{below}", {**data, "stamp": self.gets(row)["stamp"]}, method=method)

    def is_refused(self, path, data=None, *, status, method="post"):
        answer = self.asks(method, path, data)
        assert answer.status_code == status, f"{path}: {answer.status_code} {answer.content.decode()[:500]}"
        return answer.json()

    def takes(self, path):
        answer = self.asks("get", path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return b"".join(answer) if answer.streaming else answer.content


def said_on_the_page(email, path, data=None):
    """The status and the page that the same person gets for the same act in a browser."""
    client = APIClient()
    client.force_login(User.objects.get(email=email))
    answer = client.post(path, data or {})
    return answer.status_code, re.sub(r"\s+", " ", answer.content.decode())


def escaped(sentence):
    return sentence.replace("&", "&amp;").replace("'", "&#x27;")
