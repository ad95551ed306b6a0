"""A page of a part as a browser without a script has it: drawn once, typed on, sent as a whole."""


def edit_url(application, section):
    return f"/applications/{application.pk}/edit/{section}/"


def drawn(client, application, section):
    """What the page would send if nobody typed anything on it."""
    form = client.get(edit_url(application, section)).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    rows = {"row": form.row_ids} if hasattr(form, "row_ids") else {}
    return {"drawn": form.drawn, **rows, **{name: value for name, value in shown.items() if value not in (None, False)}}


def post(client, application, section, /, page=None, **typed):
    """Type on the page (drawn now, if not before) and press “Save”."""
    page = page or drawn(client, application, section)
    return client.post(edit_url(application, section), {**page, **typed})
