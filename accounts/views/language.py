"""In which language one reads: a visitor's browser keeps the choice, somebody signed in takes it along."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts import actions
from core.unsent import page_of

A_YEAR = 365 * 24 * 3600  # seconds


@require_POST
@login_not_required
def choose(request):
    """Keep the choice and go back to the page it was made on."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise BadRequest("no language of ours")
    if request.user.is_authenticated:
        actions.choose_language(by=request.user, language=language)
    answer = redirect(page_of(request))
    kept = {"max_age": A_YEAR, "secure": request.is_secure(), "httponly": True, "samesite": "Lax"}
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, **kept)
    return answer
