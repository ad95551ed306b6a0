from django.urls import path

from evaluation import views

urlpatterns = [
    path("evaluation/", views.evaluation, name="evaluation"),
    path("evaluation/assessments/", views.assessments, name="assessments"),
    path("evaluation/assessments/<uuid:pk>/", views.assessment, name="assessment"),
    path("evaluation/assessments/<uuid:pk>/<slug:step>/", views.assessment_step, name="assessment_step"),
    path("evaluation/assessments/<uuid:pk>/<slug:step>/preview/", views.assessment_preview, name="assessment_preview"),
    path("evaluation/applications/<uuid:pk>/conflict/", views.bar_person, name="bar_person"),
    path("evaluation/applications/<uuid:pk>/stand-aside/", views.stand_aside, name="stand_aside"),
    path("evaluation/calls/<uuid:pk>/", views.evaluation_of_call, name="evaluation_of_call"),
    path("evaluation/calls/<uuid:pk>/assign/", views.assign, name="assign"),
    path("evaluation/calls/<uuid:pk>/rapporteurs/", views.appoint_rapporteur, name="appoint_rapporteur"),
    path("evaluation/calls/<uuid:pk>/committee/", views.committee, name="committee"),
    path("evaluation/calls/<uuid:pk>/again/", views.evaluate_again, name="evaluate_again"),
    path("evaluation/calls/<uuid:pk>/draw-up/", views.draw_up, name="draw_up"),
    path("evaluation/consensus/", views.consensus_reports, name="consensus_reports"),
    path("evaluation/consensus/<uuid:pk>/", views.consensus, name="consensus"),
    path("evaluation/consensus/<uuid:pk>/rapporteur/", views.hand_on, name="hand_on"),
    path("evaluation/consensus/<uuid:pk>/minority/", views.pass_over, name="pass_over"),
    path("evaluation/consensus/<uuid:pk>/<slug:step>/", views.consensus_step, name="consensus_step"),
    path("evaluation/consensus/<uuid:pk>/<slug:step>/preview/", views.consensus_preview, name="consensus_preview"),
    path("evaluation/seats/<uuid:pk>/<slug:step>/", views.seat_step, name="seat_step"),
    path("evaluation/seats/<uuid:pk>/<slug:step>/preview/", views.seat_preview, name="seat_preview"),
    path("evaluation/lists/", views.ranked_lists, name="ranked_lists"),
    path("evaluation/lists/<uuid:pk>/", views.ranked_list, name="ranked_list"),
    path("evaluation/lists/<uuid:pk>/<slug:step>/", views.ranked_list_step, name="ranked_list_step"),
    path("evaluation/lists/<uuid:pk>/<slug:step>/preview/", views.ranked_list_preview, name="ranked_list_preview"),
]
