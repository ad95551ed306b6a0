"""The front door, the desk of each role, and the health of the house."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import JsonResponse
from django.shortcuts import render

from core import clock


@login_not_required
def home(request):
    return render(request, "home.html")


@login_not_required
def accessibility(request):
    return render(request, "accessibility.html")


@login_not_required
def health(request):
    """200 when the database and the cache answer; anything else is an error of theirs."""
    at = clock.now()
    cache.set("health", at.isoformat(), 10)
    return JsonResponse({"status": "ok", "at": at.isoformat()})


def desk(request):
    return render(request, "desk.html")
