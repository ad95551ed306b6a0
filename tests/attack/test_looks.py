"""No page that is about one row shows it in silence: it leaves a row in the access log, or stands here with why not."""

import pytest
from django.urls import resolve

from audit.models import Look
from tests.attack.doors import doors

PEOPLE = ("auditor", "officer", "owner", "evaluator")
# fmt: off
QUIET = {name: reason for reason, names in {
    "public, with its questions and answers":
        "accept_invitation account_confirm_email account_reset_password_from_key address_word allocation"
        " api-calls-correct"
        " api-calls-detail api-calls-questions api-funds-detail api-funds-what-if api-questions-detail api_group call"
        " call_calendar call_questions fund log_consistency log_entries log_record log_tile question question_ask"
        " question_answer question_correct application_start opportunity",
    "a call in preparation, before anything came in": "call_checks call_correct call_edit call_form"
        " call_step_preview form_preview",
    "people, organisations and their roles: no proposal":
        "access_line access_review api-access-lines-detail api-access-reviews-detail api-access-reviews-lines"
        " end_access keep_access keep_many"
        " address_change api-address-changes-detail api-memberships-detail api-organisations-detail api-people-detail"
        " close_account grant hand_over organisation person_address"
        " organisation_correct organisation_merge organisation_move organisation_rename person person_rename",
    "who may evaluate, and who sits on a committee":
        "api-evaluators-detail api-pool-members-detail api-seats-detail committee pool pool_choose pool_decline"
        " pool_invite pool_member register_entry seat_preview",
    "a bar that asks by itself":
        "assignments_progress batch_progress check_batch_progress pack_progress proof_run_progress"
        " report_file_progress",
    "told by the trail when they are asked for, and kept when the file is taken":
        "api-report-files-detail pack report_file sample",
    "what an auditor found, in the auditor's words: no proposal":
        "finding finding_edit finding_extend finding_replace api-findings-detail",
    "the books themselves": "api-promises-detail api-proof-runs-detail api-trail-detail proof_run",
    "a draft, which its owners alone see":
        "application_edit application_missing application_submit attachment_add attachment_move attachment_put_back"
        " attachment_remove attachment_replace budget_file budget_workbook choose_partner standing_order"
        " api-applications-organisations api-applications-papers draft_paper_pdf api-applications-paper"
        " participation participation_remark remark duties api-participations-detail api-duties-detail"
        " api-remarks-detail"
        " api-applications-duties api-applications-writers",
}.items() for name in names.split()}  # fmt: skip
# fmt: on


@pytest.mark.slow
def test_every_page_of_one_row_is_in_the_access_log_or_says_why_not(world, client_of, undo):
    """Each is opened until a look at it is kept."""
    noted, silent = set(QUIET), set()
    for name in PEOPLE:
        client = client_of(name)
        for address in (address for _label, address in doors(world)):
            page = resolve(address)
            if page.kwargs and page.view_name not in noted:
                with undo():
                    before = Look.objects.exclude(kind="REFUSED").count()
                    status = client.get(address).status_code
                    if status == 405 or Look.objects.exclude(kind="REFUSED").count() > before:
                        noted.add(page.view_name)  # a button is no page
                    elif status == 200:
                        silent.add(page.view_name)
    assert sorted(silent - noted) == []
