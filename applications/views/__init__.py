"""The pages of applications."""

from applications.views.away import copy_page, draft_paper_pdf, proposal_zip, receipt_zip, take_away
from applications.views.budget import budget_file, budget_workbook
from applications.views.check_batches import call_checks, check_batch, check_batch_progress, check_batch_step
from applications.views.checks import add_condition_view, check_step
from applications.views.clarifications import (
    clarification,
    clarification_ask,
    clarification_extend,
    clarification_file,
    clarification_step,
)
from applications.views.duties import duties, duty_step
from applications.views.files import add_file, download, move_file, put_back_file, remove_file, replace_file
from applications.views.hearings import hearing, hearing_extend, hearing_file, hearing_send, hearing_step
from applications.views.orders import standing_order
from applications.views.own_part import participation_edit
from applications.views.pages import application_page, applications_page, missing_page
from applications.views.participations import (
    participation_page,
    participation_step,
    participations_page,
    partners_desk,
)
from applications.views.partners import choose_partner
from applications.views.previews import form_preview
from applications.views.receipts import check_receipt, receipt_json, receipt_page, receipt_pdf
from applications.views.remarks import participation_remark, remark, remark_step
from applications.views.sections import edit_first, edit_section
from applications.views.sending import application_step, start, submit

__all__ = [
    "add_condition_view",
    "add_file",
    "application_page",
    "application_step",
    "applications_page",
    "budget_file",
    "budget_workbook",
    "call_checks",
    "check_batch",
    "check_batch_progress",
    "check_batch_step",
    "check_receipt",
    "check_step",
    "choose_partner",
    "clarification",
    "clarification_ask",
    "clarification_extend",
    "clarification_file",
    "clarification_step",
    "copy_page",
    "download",
    "draft_paper_pdf",
    "duties",
    "duty_step",
    "edit_first",
    "edit_section",
    "form_preview",
    "hearing",
    "hearing_extend",
    "hearing_file",
    "hearing_send",
    "hearing_step",
    "missing_page",
    "move_file",
    "participation_edit",
    "participation_page",
    "participation_remark",
    "participation_step",
    "participations_page",
    "partners_desk",
    "proposal_zip",
    "put_back_file",
    "receipt_json",
    "receipt_page",
    "receipt_pdf",
    "receipt_zip",
    "remark",
    "remark_step",
    "remove_file",
    "replace_file",
    "standing_order",
    "start",
    "submit",
    "take_away",
]
