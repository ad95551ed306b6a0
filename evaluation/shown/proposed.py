"""The batches of a call in a sentence each."""

from django.utils.translation import gettext as _

from core.formats import brief
from evaluation.models import Batch

SHOWN = 5


def batches_of(call, user, purpose):
    """(sentence, address) of the newest ones of a purpose."""
    rows = Batch.objects.visible_to(user).of_call(call).filter(purpose=purpose).newest_first()[:SHOWN]
    return [batch_sentence(one) for one in rows]


def batch_sentence(batch):
    words = {
        "at": brief(batch.made_at), "source": batch.get_source_display(), "size": batch.size,
        "purpose": batch.get_purpose_display(), "status": batch.get_status_display(),
    }  # fmt: skip
    return _("%(at)s, %(source)s, %(size)d %(purpose)s: %(status)s") % words, batch.get_absolute_url()
