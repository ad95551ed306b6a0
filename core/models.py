"""The one table of the box of tools: what programs were answered, kept for a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptAnswer(models.Model):
    """The answer to a request that came with its sender's own key.

    `id` is computed from the person, the address and the key, `said` from what was sent: neither tells anything to
    whoever reads the table. `body` is empty where the answer held a secret.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    said = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(_("status"))
    headers = models.JSONField(default=dict)
    body = models.BinaryField(null=True)
    made_at = models.DateTimeField(_("made"), db_index=True)

    def __str__(self):
        return str(self.pk)
