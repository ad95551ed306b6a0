"""Comments beside the parts of a proposal, thread by thread."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.models import Remark
from applications.parts import PARTS
from applications.shown.standing import section_url
from applications.states import REMARK, RemarkPhase


def threads_of(remarks, user, *, labels, url):
    """What is open first; `labels`: {answer: what its page calls it}; `url`: of that page."""
    threads = [thread_line(one, user, labels, url) for one in remarks.threads().for_reading()]
    return sorted(threads, key=lambda one: not one["is_open"])


def thread_line(remark, user, labels, url):
    return {
        "remark": remark,
        "is_open": remark.stands_in(RemarkPhase.OPEN),
        "about": about(remark, labels),
        "url": f"{url}#id_{remark.name}" if remark.name in labels else "",
        "answers": remark.answers.all(),
        "steps": REMARK.buttons(user, remark),
        "steps_url": f"/remarks/{remark.pk}/",
    }


def about(remark, labels):
    if not remark.name:
        return _("the whole part")
    return labels.get(remark.name) or _("something that is not on the page any more")


def open_in(remarks):
    """{part: how many threads are open}"""
    return Counter(remarks.open().order_by().values_list("part", flat=True))


def remark_words(number):
    return ngettext("%(number)d comment open", "%(number)d comments open", number) % {"number": number}


def remark_links(application, user):
    """[(part: how many are open, where)] before it is submitted; they stop nothing and never leave with it."""
    counts = open_in(Remark.objects.visible_to(user).filter(application=application))
    return [
        (f"{PARTS[name].label}: {remark_words(number)}", f"{section_url(application, PARTS[name])}#remarks")
        for name, number in sorted(counts.items(), key=lambda one: PARTS[one[0]].place)
    ]
