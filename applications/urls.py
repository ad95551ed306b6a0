"""Where applications are read and worked on."""

from django.urls import path

from applications import views

urlpatterns = [
    path("applications/", views.applications_page, name="applications"),
    path("applications/<uuid:pk>/", views.application_page, name="application"),
    path("applications/start/<uuid:call_pk>/", views.start, name="application_start"),
    path("applications/<uuid:pk>/missing/", views.missing_page, name="application_missing"),
    path("applications/<uuid:pk>/edit/", views.edit_first, name="application_edit"),
    path("applications/<uuid:pk>/edit/budget/workbook/", views.budget_file, name="budget_file"),
    path("applications/<uuid:pk>/edit/budget/workbook.xlsx", views.budget_workbook, name="budget_workbook"),
    path("applications/<uuid:pk>/edit/attachments/add/", views.add_file, name="attachment_add"),
    path("applications/<uuid:pk>/edit/<slug:section>/", views.edit_section, name="application_edit"),
    path("applications/<uuid:pk>/submit/", views.submit, name="application_submit"),
    path("applications/<uuid:pk>/standing-order/", views.standing_order, name="standing_order"),
    path("applications/<uuid:pk>/take-away/", views.take_away, name="take_away"),
    path("applications/<uuid:pk>/take-away/proposal.zip", views.proposal_zip, name="proposal_zip"),
    path("applications/<uuid:pk>/copy/", views.copy_page, name="application_copy"),
    path("draft-papers/<uuid:pk>/pdf/", views.draft_paper_pdf, name="draft_paper_pdf"),
    path("applications/<uuid:pk>/ask/", views.clarification_ask, name="clarification_ask"),
    path("clarifications/<uuid:pk>/", views.clarification, name="clarification"),
    path("clarifications/<uuid:pk>/extend/", views.clarification_extend, name="clarification_extend"),
    path("clarifications/<uuid:pk>/<slug:step>/", views.clarification_step, name="clarification_step"),
    path("clarification-files/<uuid:pk>/", views.clarification_file, name="clarification_file"),
    path("applications/<uuid:pk>/conditions/", views.add_condition_view, name="condition_add"),
    path("applications/<uuid:pk>/<slug:step>/", views.application_step, name="application_step"),
    path("attachments/<uuid:pk>/", views.download, name="attachment"),
    path("attachments/<uuid:pk>/put-back/", views.put_back_file, name="attachment_put_back"),
    path("attachments/<uuid:pk>/replace/", views.replace_file, name="attachment_replace"),
    path("attachments/<uuid:pk>/remove/", views.remove_file, name="attachment_remove"),
    path("applications/calls/<uuid:pk>/checks/", views.call_checks, name="call_checks"),
    path("check-batches/<uuid:pk>/", views.check_batch, name="check_batch"),
    path("check-batches/<uuid:pk>/progress/", views.check_batch_progress, name="check_batch_progress"),
    path("check-batches/<uuid:pk>/<slug:step>/", views.check_batch_step, name="check_batch_step"),
    path("checks/<uuid:pk>/<slug:step>/", views.check_step, name="check_step"),
    path("receipts/check/", views.check_receipt, name="receipt_check"),
    path("receipts/<uuid:pk>/", views.receipt_page, name="receipt"),
    path("receipts/<uuid:pk>/pdf/", views.receipt_pdf, name="receipt_pdf"),
    path("receipts/<uuid:pk>/content.json", views.receipt_json, name="receipt_json"),
    path("receipts/<uuid:pk>/proposal.zip", views.receipt_zip, name="receipt_zip"),
]
