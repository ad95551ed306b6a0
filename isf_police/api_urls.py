"""The addresses of the API: one router entry per kind of row, and the documentation."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularRedocView, SpectacularSwaggerSplitView

urlpatterns = [
    path("schema/", login_not_required(SpectacularAPIView.as_view()), name="schema"),
    path("docs/", login_not_required(SpectacularSwaggerSplitView.as_view(url_name="schema")), name="api_docs"),
    path("redoc/", login_not_required(SpectacularRedocView.as_view(url_name="schema")), name="redoc"),
]
