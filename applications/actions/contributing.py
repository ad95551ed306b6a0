"""A partner's own people write their own part of somebody else's proposal, by the changes that everybody sends."""

from django.utils.translation import gettext as _

from applications.actions.changes import merge_sent
from applications.actions.guards import require_before_closing
from applications.parts import own_answers
from applications.states import APPLICATION
from core import clock
from core.errors import NotAllowed
from core.versions import difference, values_of
from core.workflow import UNCHANGED


@APPLICATION.action("contribute")
def contribute(application, *, by, at, participation, sent):
    """`sent` as in `edit_application`, of answers in the row of this participation alone; it is held with the
    application, so whoever is removed meanwhile is refused."""
    require_before_closing(application.call, clock.arrived(at))
    require_own(application, participation, sent, by=by)
    before = values_of(application)
    changes, parts = merge_sent(application, sent, by=by, at=at)
    if not changes and not difference(before, values_of(application)):
        return UNCHANGED
    application.edited_at = at
    return {"sections": [None, sorted(parts)], **changes}


def require_own(application, participation, sent, *, by):
    taking_part = application.participations.taking_part().of_partner(by).filter(pk=participation.pk)
    row = taking_part.values_list("row", flat=True).first()
    if row is None:
        raise NotAllowed(_("Your organisation takes no part in this proposal, or not any more. Nothing was saved."))
    if not asked_of(application, sent) <= own_answers(str(row)) | {("", str(row))}:
        raise NotAllowed(
            _("A partner writes its own contact person and its own costs; the rest is the coordinator’s to write.")
        )


def asked_of(application, sent):
    """{(part, answer)} that this would change or decide about; rows to be put back stand without a part."""
    asked = {(one["part"], one["name"]) for one in sent.changes}
    asked |= {("", row) for row in sent.back}
    asked |= {(kept.part, kept.name) for kept in application.kept_changes.filter(pk__in=sent.leave)}
    if sent.undo:
        saving = application.savings.filter(pk=sent.undo).first()
        asked |= {(saving.part, name) for name in saving.changed} if saving else set()
    return asked
