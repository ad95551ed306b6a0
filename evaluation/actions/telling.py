"""Who is told of what: notes to people of the evaluation, each with the page that says more."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.language import later
from evaluation.documents import note
from promises.actions import write_mails


def tell(ids, subject, sentence, *, about, page):
    """A mail to each of these people who has an open account; nothing secret in it."""
    people = User.objects.open().filter(pk__in=ids)
    to = sorted(people.values_list("email", flat=True))
    write_mails(to=to, about=about, **note(subject, sentence, page=page))


def tell_it_ended(assessment):
    words = {"number": assessment.application}
    subject = later(lambda: _("Your part in application %(number)s has ended") % words)
    sentence = later(lambda: _("Your part in the evaluation of application %(number)s has ended.") % words)
    tell([assessment.evaluator_id], subject, sentence, about=assessment, page=reverse("evaluation"))
