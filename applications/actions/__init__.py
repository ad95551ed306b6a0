"""Every act on an application, in the order of its life; each is one function that pages, API, clock and demo call."""

from applications.actions.changes import Sent, saving_id
from applications.actions.check_batches import propose_checks
from applications.actions.clarifications import (
    answer_clarification,
    ask_clarification,
    expire_clarification,
    extend_clarification,
    reply_to_clarification,
    withdraw_clarification,
)
from applications.actions.contributing import contribute
from applications.actions.copies import ask_for_paper, begin_with, copy_application, draw_draft_paper
from applications.actions.drafts import edit_application, start_application
from applications.actions.duties import (
    finish_duty,
    give_duties,
    give_duty,
    hand_on_duty,
    reopen_duty,
    take_back_duty,
)
from applications.actions.eligibility import (
    accept_application,
    add_condition,
    conclude_application,
    confirm_check,
    exclude_application,
    override_check,
    propose_check,
    put_back_application,
    reopen_application,
)
from applications.actions.files import (
    add_attachment,
    add_attachments,
    move_attachment,
    put_back_attachment,
    remove_attachment,
    replace_attachment,
)
from applications.actions.hearings import (
    close_notice,
    consider_observations,
    expire_notice,
    extend_notice,
    observe,
    send_notice,
    submit_observations,
    withdraw_notice,
)
from applications.actions.leaving import retract_application
from applications.actions.opening import open_application, set_aside_application
from applications.actions.orders import carry_out_order, fail_order, give_order, miss_order, repeat_order
from applications.actions.participations import (
    accept_participation,
    decline_participation,
    end_participation,
    invite_partner,
    leave_participation,
    take_back_participation,
)
from applications.actions.remarks import reopen_remark, resolve_remark, say_remark
from applications.actions.sending import (
    reinstate_application,
    restore_application,
    submit_application,
    withdraw_application,
)

__all__ = [
    "Sent",
    "accept_application",
    "accept_participation",
    "add_attachment",
    "add_attachments",
    "add_condition",
    "answer_clarification",
    "ask_clarification",
    "ask_for_paper",
    "begin_with",
    "carry_out_order",
    "close_notice",
    "conclude_application",
    "confirm_check",
    "consider_observations",
    "contribute",
    "copy_application",
    "decline_participation",
    "draw_draft_paper",
    "edit_application",
    "end_participation",
    "exclude_application",
    "expire_clarification",
    "expire_notice",
    "extend_clarification",
    "extend_notice",
    "fail_order",
    "finish_duty",
    "give_duties",
    "give_duty",
    "give_order",
    "hand_on_duty",
    "invite_partner",
    "leave_participation",
    "miss_order",
    "move_attachment",
    "observe",
    "open_application",
    "override_check",
    "propose_check",
    "propose_checks",
    "put_back_application",
    "put_back_attachment",
    "reinstate_application",
    "remove_attachment",
    "reopen_application",
    "reopen_duty",
    "reopen_remark",
    "repeat_order",
    "replace_attachment",
    "reply_to_clarification",
    "resolve_remark",
    "restore_application",
    "retract_application",
    "saving_id",
    "say_remark",
    "send_notice",
    "set_aside_application",
    "start_application",
    "submit_application",
    "submit_observations",
    "take_back_duty",
    "take_back_participation",
    "withdraw_application",
    "withdraw_clarification",
    "withdraw_notice",
]
