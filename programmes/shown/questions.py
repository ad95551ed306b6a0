"""Questions on a call, laid out: what everybody reads of them, and what the reader's next step is."""

from accounts.roles import is_a_person
from core.phases import for_each
from programmes.models import Question
from programmes.states import QUESTION, CallPhase, QuestionPhase, QuestionStatus

P = QuestionPhase
TONES = for_each(
    QuestionStatus,
    {P.WAITING: "warning", P.ANSWERED: "good", P.WITHDRAWN: "bad", P.DECLINED: "neutral", P.TAKEN_BACK: "neutral"},
)
NEWEST = 3  # on the call's own page


def questions_of(rows, user):
    """For everybody: nothing here tells who asked, or in which words; only who may act on it gets its own address."""
    return [public_side(one, user) for one in rows]


def public_side(question, user):
    last, *earlier = question.replies.all()
    return {
        "number": question.number,
        "is_withdrawn": question.stands_in(QuestionPhase.WITHDRAWN),
        "because": question.because if question.stands_in(QuestionPhase.WITHDRAWN) else last.because,
        "reply": last,
        "earlier": earlier,
        "url": question.get_absolute_url() if user.is_authenticated and QUESTION.buttons(user, question) else "",
    }


def asking_of(call, user, at):
    """Until when questions are taken, whether this reader may ask, and whether the reader follows the call."""
    is_open = call.stands_in(CallPhase.PUBLISHED) and at < call.asked_until
    return {
        "is_open": is_open,
        "until": call.closes_at and call.asked_until,
        "may_ask": is_open and user.is_authenticated and QUESTION.steps["ask"].allowed(user, Question(call=call)),
        "may_follow": is_a_person(user) and call.stands_in(CallPhase.PUBLISHED),
        "follows": user.is_authenticated and call.followings.in_force().filter(person=user.pk).exists(),
    }


def newest_questions(call, user):
    return questions_of(call.questions.public()[:NEWEST], user)
