"""The addresses of the API: one router entry per kind of row, and the documentation."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularRedocView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

router = SimpleRouter()

urlpatterns = [
    path("schema/", login_not_required(SpectacularAPIView.as_view()), name="schema"),
    path("docs/", login_not_required(SpectacularSwaggerSplitView.as_view(url_name="schema")), name="api_docs"),
    path("redoc/", login_not_required(SpectacularRedocView.as_view(url_name="schema")), name="redoc"),
    path("", include(router.urls)),
]
