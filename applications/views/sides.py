"""What stands beside the pages of a proposal while it is written."""

from django.urls import reverse

from applications.forms import RemarkForm
from applications.models import Remark
from applications.shown.remarks import threads_of
from applications.shown.side import side_of
from applications.shown.standing import section_url, standing_of
from applications.states import EDITABLE
from core import clock
from core.changes import REMOVE, split


def side_for(request, application, *, standing=None, here=""):
    """The list of its parts; none once nobody can write in it any more."""
    at = clock.now()
    if not application.stands_in(EDITABLE) or not application.call.is_open(at):
        return None
    return side_of(application, standing or standing_of(application, at=at), user=request.user, here=here)


def remarks_beside(request, application, part, form):
    """What colleagues say about the part, and the form to say more."""
    remarks = Remark.objects.visible_to(request.user).filter(application=application, part=part.name)
    labels = labels_in(form)
    url = section_url(application, part)
    return {
        "threads": threads_of(remarks, request.user, labels=labels, url=url),
        "labels": labels,
        "remark_url": reverse("remark", args=[application.pk, part.name]),
        "page_url": f"{url}#remarks",
        "remark_form": RemarkForm(),
    }


def labels_in(form):
    """{answer: what the page calls it}"""
    return {
        name: field.label or name
        for name, field in form.fields.items()
        if split(name)[1] != REMOVE and not field.widget.is_hidden
    }


def following(side, posted):
    """The address of the part that the pressed button asks for, if there is one."""
    wanted = "following" if "next" in posted else "previous" if "previous" in posted else ""
    line = getattr(side, wanted) if side and wanted else None
    return line["url"] if line else ""


def wants_fresh(request):
    """The page's script asks for what follows from what was saved, not for the page."""
    return request.method == "GET" and "X-Fresh" in request.headers
