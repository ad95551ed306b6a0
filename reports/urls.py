from django.urls import path

from reports import views

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("status/", views.status, name="status"),
    path("checkpoints/", views.checkpoints, name="checkpoints"),
    path("log/checkpoint", views.log_checkpoint, name="log_checkpoint"),
    path("log/tile/entries/<path:number>", views.log_entries, name="log_entries"),
    path("log/tile/<int:level>/<path:number>", views.log_tile, name="log_tile"),
    path("log/records/<str:sha256>", views.log_record, name="log_record"),
    path("log/consistency/<int:earlier>/<int:size>", views.log_consistency, name="log_consistency"),
    path("reports/proofs/", views.proof_runs, name="proof_runs"),
    path("reports/proofs/<uuid:pk>/", views.proof_run, name="proof_run"),
    path("reports/proofs/<uuid:pk>/progress/", views.proof_run_progress, name="proof_run_progress"),
    path("reports/packs/", views.packs, name="packs"),
    path("reports/packs/<uuid:pk>/", views.pack, name="pack"),
    path("reports/packs/<uuid:pk>/progress/", views.pack_progress, name="pack_progress"),
    path("reports/packs/<uuid:pk>/bytes/", views.pack_bytes, name="pack_bytes"),
    path("reports/trail/", views.trail, name="trail"),
    path("reports/looks/", views.looks, name="looks"),
    path("reports/applications/<uuid:pk>/", views.application_life, name="application_life"),
    path("reports/files/<uuid:pk>/", views.report_file, name="report_file"),
    path("reports/files/<uuid:pk>/progress/", views.report_file_progress, name="report_file_progress"),
    path("reports/files/<uuid:pk>/bytes/", views.report_file_bytes, name="report_file_bytes"),
    path("reports/<slug:slug>/", views.report, name="report"),
]
