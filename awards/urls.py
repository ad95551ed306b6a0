from django.urls import path

from awards import views

urlpatterns = [
    path("awards/", views.awards, name="awards"),
    path("awards/calls/<uuid:pk>/prepare/", views.prepare, name="prepare_decision"),
    path("awards/calls/<uuid:pk>/again/", views.prepare_again, name="prepare_again"),
    path("awards/lines/<uuid:pk>/deviate/", views.deviate, name="deviate"),
    path("awards/lines/<uuid:pk>/preview/", views.letter_preview, name="letter_preview"),
    path("awards/<uuid:pk>/", views.decision, name="decision"),
    path("awards/<uuid:pk>/letters/", views.batch_progress, name="batch_progress"),
    path("awards/<uuid:pk>/<slug:step>/preview/", views.decision_step_preview, name="decision_step_preview"),
    path("awards/<uuid:pk>/<slug:step>/", views.decision_step, name="decision_step"),
    path("letters/<uuid:pk>/redress/", views.file_redress, name="file_redress"),
    path("redress/", views.redresses, name="redresses"),
    path("redress/<uuid:pk>/", views.redress, name="redress"),
    path("redress/<uuid:pk>/<slug:step>/", views.redress_step, name="redress_step"),
    path("offers/<uuid:pk>/<slug:step>/", views.offer_step, name="offer_step"),
    path("published/", views.published, name="published"),
    path("published/360giving.json", views.grants_file, name="published_grants"),
    path("letters/", views.letters, name="letters"),
    path("letters/letter.css", views.letter_css, name="letter_css"),
    path("letters/<uuid:pk>/", views.letter, name="letter"),
    path("letters/<uuid:pk>/pdf/", views.letter_pdf, name="letter_pdf"),
    path("letters/<uuid:pk>/<slug:step>/", views.letter_step, name="letter_step"),
    path("letters/<uuid:pk>/<slug:step>/preview/", views.letter_step_preview, name="letter_step_preview"),
]
