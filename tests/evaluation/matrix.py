"""The page on which evaluators are assigned, as an officer works on it."""

from django.urls import reverse

LATER = "2099-03-01T12:00:00"


def asking(client, call, officer):
    """GET without words, POST with them; gives the answer."""
    client.force_login(officer)
    address = reverse("assign", args=[call.pk])

    def ask(query="", **said):
        return client.post(address + query, {"due_at": LATER, **said}) if said else client.get(address + query)

    return ask


def pair(application, evaluator):
    return f"{application.pk}:{evaluator.pk}"


def words_of(answer):
    return answer.content.decode()


def numbers(answer):
    return [row["application"].reference for row in answer.context["rows"]]


def cell_of(answer, application, evaluator):
    row = next(one for one in answer.context["rows"] if one["application"] == application)
    return next(one for one in row["cells"] if one["value"] == pair(application, evaluator))
