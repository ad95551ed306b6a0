"""Where applications are read and worked on."""

from django.urls import path

from applications import views

urlpatterns = [
    path("receipts/<uuid:pk>/", views.receipt_page, name="receipt"),
    path("applications/<uuid:pk>/", views.application_page, name="application"),
]
