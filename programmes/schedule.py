"""Telling those who follow a call what is new about it: each person once, however often the task runs."""

from django.db import transaction

from accounts.models import User
from core.language import in_all_languages
from programmes import documents
from programmes.models import Corrigendum, Question, Reply
from programmes.states import QuestionPhase
from promises.actions import write_mails
from promises.keeping import keeps
from promises.lanes import Lane
from promises.models import Mail


@keeps("tell_replied", lane=Lane.MAIL)
def tell_of_the_reply(reply_id):
    """Who follows, who asked, and who speaks for an organisation with a draft or a submission: all know the same."""
    reply = Reply.objects.select_related("question__call", "question__asked_by").get(pk=reply_id)
    tell_of_question(reply.question, documents.reply_mail(reply))


@keeps("tell_withdrawn", lane=Lane.MAIL)
def tell_of_the_withdrawal(question_id):
    question = Question.objects.select_related("call", "asked_by").get(pk=question_id)
    if question.stands_in(QuestionPhase.WITHDRAWN):  # not taken up again meanwhile
        tell_of_question(question, documents.withdrawn_reply_mail(question))


@keeps("tell_followers", lane=Lane.MAIL)
def tell_of_the_corrigendum(corrigendum_id):
    """Who follows; organisations with an application have a mail of their own about it (`applications.schedule`)."""
    corrigendum = Corrigendum.objects.select_related("call").get(pk=corrigendum_id)
    to = followers_of(corrigendum.call) - applicants_of(corrigendum.call)
    tell(to, about=corrigendum, mail=documents.corrigendum_mail(corrigendum))


def tell_of_question(question, mail):
    to = followers_of(question.call) | applicants_of(question.call) | {question.asked_by.email}
    tell(to, about=question, mail=mail)


def followers_of(call):
    people = User.objects.open().filter(followings__in=call.followings.in_force())
    return set(people.values_list("email", flat=True))


def applicants_of(call):
    """Of the app above, by the way back along its own relation."""
    under_way = call.applications.under_way().select_related("applicant")
    return {user.email for one in under_way for user in User.objects.speaking_for(one.applicant)}


@transaction.atomic
def tell(to, *, about, mail):
    """The subject names what it tells of, once for each version: whoever has it has been told."""
    mails = Mail.objects.filter(subject__in=in_all_languages(mail["subject"]), scope__call=str(about.call.pk))
    write_mails(to=sorted(to - set(mails.values_list("to", flat=True))), about=about, **mail)
