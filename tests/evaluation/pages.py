"""The pages on which evaluators are assigned, as an officer works on them."""

from django.urls import reverse

LATER = "2099-03-01T12:00:00"


def asking(client, call, officer):
    """Gives the page that lists the applications to assign."""
    client.force_login(officer)
    address = reverse("assign", args=[call.pk])
    return lambda query="": client.get(address + query)


def words_of(answer):
    return answer.content.decode()


def numbers(answer):
    return [row.object.reference for row in answer.context["list"].rows]


def cells_of(answer, first):
    """{column: cell} of the row whose first cell says this."""
    shown = answer.context["list"]
    row = next(row for row in shown.rows if row.cells[0].text == first)
    return {column.name: cell for column, cell in zip(shown.columns, row.cells, strict=True)}
