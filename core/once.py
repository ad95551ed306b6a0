"""A request with its sender's own key (`Idempotency-Key`) is done once, and answered the same ever after.

What is done and what is answered stand in one transaction: whenever the process dies, both are there or neither is.
"""

import json
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpResponse, QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from core import clock
from core.errors import AnsweredOnce, Incomplete, OtherRequest, Refused, UnderWay
from core.models import KeptAnswer

HEADER, AGAIN = "Idempotency-Key", "Idempotency-Replayed"
LONGEST = 255
KEPT_FOR = timedelta(days=1)
TRAVELS = ("Location",)  # of the headers of an answer
JSON, FAILED = "application/json", 400


def key_of(request):
    """The sender's own key of a request; what is no key is refused."""
    key = request.headers.get(HEADER) or None
    if key and not (len(key) <= LONGEST and key.isascii() and key.isprintable()):
        raise Incomplete({HEADER: _("A key has at most %(most)d plain signs.") % {"most": LONGEST}})
    return key


def once(request, act, *, is_secret=False, keeps_itself=False):
    """`act()` gives the response of a request that has a key.

    `is_secret`: the answer is not kept, only that there was one. `keeps_itself`: the act knows the key too, commits in
    several steps and notes each time it is asked, so it is asked each time; asked twice it is done once.
    """
    name, said = name_of(request), digest_of(request)
    if keeps_itself:
        return asked_again(act, told(name, said)) or kept(name, said, act(), request, is_secret)
    with transaction.atomic():
        hold(name)
        return told(name, said) or kept(name, said, act(), request, is_secret)


def asked_again(act, before):
    if before is not None:
        with suppress(Refused):
            act()
    return before


def name_of(request):
    """Of person, address and key. Strangers have no name, so what they sent stands for it: they never meet."""
    who = str(request.user.pk) if request.user.is_authenticated else digest_of(request)
    text = json.dumps([who, request.method, request.get_full_path(), key_of(request)])
    return UUID(bytes=salted_hmac("core.once", text, algorithm="sha256").digest()[:16])


def digest_of(request):
    """Of what was sent, whatever its spacing, its order and the borders of its parts; keyed, for it may be short."""
    data = request.data
    if isinstance(data, QueryDict):
        data = {name: [value_of(one) for one in values] for name, values in data.lists()}
    text = json.dumps(data, sort_keys=True, default=str)
    return salted_hmac("core.once.said", text, algorithm="sha256").hexdigest()


def value_of(one):
    """A text, or the name and the digest of a file, which can be read again afterwards."""
    if not hasattr(one, "chunks"):
        return one
    whole = sha256()
    for chunk in one.chunks():
        whole.update(chunk)
    one.seek(0)
    return [one.name, whole.hexdigest()]


def hold(name):
    """Until the transaction ends. Nobody waits: whoever comes meanwhile is told to come again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"once:{name}"])
        if not cursor.fetchone()[0]:
            raise UnderWay(_("The same request is being worked on just now. Send it again in a moment."))


def told(name, said):
    """The answer that was kept, or None."""
    found = KeptAnswer.objects.filter(pk=name).first()
    if found is None or found.made_at <= clock.now() - KEPT_FOR:
        return None
    if found.said != said:
        raise OtherRequest(_("This key came before with something else. Take a new key for a new request."))
    if found.body is None:
        raise AnsweredOnce(_("This was done. Its answer held a secret, which is told once and not kept."))
    answer = HttpResponse(bytes(found.body), status=found.status, headers=found.headers)
    answer[AGAIN] = "true"
    return answer


def kept(name, said, response, request, is_secret):
    """The answer, written down first if it is one of success: what was refused has changed nothing and may come again.
    Where an equal request was quicker, its answer counts."""
    if response.status_code >= FAILED:
        return response
    now, body = clock.now(), request.accepted_renderer.render(response.data, request.accepted_media_type, {})
    headers = {one: response[one] for one in TRAVELS if one in response} | {"Content-Type": JSON}
    row = KeptAnswer(pk=name, said=said, status=response.status_code, headers=headers, made_at=now)
    row.body = None if is_secret else body
    KeptAnswer.objects.filter(pk=name, made_at__lte=now - KEPT_FOR).delete()
    KeptAnswer.objects.bulk_create([row], ignore_conflicts=True)
    first = KeptAnswer.objects.get(pk=name)
    return response if first.made_at == now else told(name, said)


def forget_old(*, at):
    """Each night."""
    KeptAnswer.objects.filter(made_at__lte=at - KEPT_FOR).delete()
