"""The pool of one call, and whom an officer could invite into it."""

from django.db.models import Exists, OuterRef, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.member_states import by_name
from accounts.models import Membership
from core.formats import brief, brussels_day
from core.lists import Column, RowList, choice, search
from core.lists.kinds import DAY, MOMENT, WHOLE
from core.statuses import status_column, status_filter
from evaluation.actions.availability import Availability, loads_of
from evaluation.actions.replacing import is_away
from evaluation.lists.register import RegisterList, place_of, said
from evaluation.lists.tones import POOL_TONES
from evaluation.models import PoolMember
from evaluation.shown.pool import answer_of
from evaluation.shown.register import in_words
from evaluation.states import PoolMemberStatus


class PoolList(RowList):
    """Who was asked to assess the applications of one call, what each answered, and with what load: `call` comes with
    the page."""

    title = _("Pool of evaluators")
    empty_text = _("Nobody has been invited to this call: whoever may assess can be assigned.")
    name = "pool-of-evaluators"
    default_sort = "-invited_at"
    filters = (search("person__name", "person__email"), status_filter(PoolMemberStatus))

    def __init__(self, user, params, *, path="", call, **context):
        self.call = call
        self.columns = (
            Column("name", _("Name"), lambda row: row.person.name, url=lambda row: row.get_absolute_url()),
            Column("place", _("Organisation, entity or State"), lambda row: place_of(row.person)),
            status_column(POOL_TONES),
            Column("invited_at", _("Invited"), lambda row: row.invited_at, text=lambda row: brief(row.invited_at),
                   sort="invited_at", kind=MOMENT),
            Column("answer_by", _("Last day to answer"), lambda row: row.answer_by,
                   text=lambda row: brussels_day(row.answer_by), sort="answer_by", kind=DAY),
            Column("answered_at", _("Answered"), lambda row: row.answered_at, text=answer_of, kind=MOMENT),
            Column("most", _("At most"), lambda row: row.most, text=lambda row: row.most or "", numeric=True,
                   kind=WHOLE),
            Column("load", _("Assessments in this call"), lambda row: self.loads[row.person_id], numeric=True,
                   kind=WHOLE),
            Column("why", _("Why"), lambda row: row.why, wide=True),
        )  # fmt: skip
        super().__init__(user, params, path=path, **context)

    @cached_property
    def loads(self):
        """Counter of the assessments in this call, asked once and not for each person."""
        return loads_of(self.call, self.all_rows().values("person"))

    def all_rows(self):
        return PoolMember.objects.visible_to(self.user).of_call(self.call).select_related("person")


class AllPoolsList(RowList):
    """The invitations that somebody may see, of all calls: one's own, or everybody's."""

    title = _("Invitations to calls")
    empty_text = _("No invitation that you may see.")
    name = "invitations-to-calls"
    default_sort = "-invited_at"
    filters = (status_filter(PoolMemberStatus),)
    columns = (
        Column("call", _("Call"), lambda row: row.call.reference),
        Column("name", _("Name"), lambda row: row.person.name, url=lambda row: row.get_absolute_url()),
        status_column(POOL_TONES),
        Column("invited_at", _("Invited"), lambda row: row.invited_at, text=lambda row: brief(row.invited_at),
               sort="invited_at", kind=MOMENT),
        Column("answer_by", _("Last day to answer"), lambda row: row.answer_by,
               text=lambda row: brussels_day(row.answer_by), kind=DAY),
        Column("answered_at", _("Answered"), lambda row: row.answered_at, text=answer_of, kind=MOMENT),
    )  # fmt: skip

    def all_rows(self):
        return PoolMember.objects.visible_to(self.user).select_related("person", "call")


class ToInviteList(RegisterList):
    """The register as an officer looks for people to invite to one call: `call` comes with the page."""

    title = _("Whom to invite")
    name = "people-to-invite"

    def __init__(self, user, params, *, path="", call, **context):
        self.call, self.available = call, Availability()
        self.columns = (
            *(one for one in RegisterList.columns if one.name != "absences"),
            Column("absences", _("Away"), lambda row: said(row, lambda entry: ", ".join(entry.absences)),
                   text=lambda row: said(row, lambda entry: "; ".join(in_words(entry.absences, since=row.today))),
                   tone=lambda row: "warning" if is_away(row.pk, self.available) else None),
            Column("in_pool", _("In this call"), lambda row: row.in_pool or "",
                   text=lambda row: PoolMemberStatus(row.in_pool).label if row.in_pool else _("not asked yet")),
        )  # fmt: skip
        self.filters = (
            *RegisterList.filters,
            choice("state", _("Member State"), by_name, narrow=of_state),
            choice("away", _("Away on half of the next three weeks"), [("no", _("no")), ("yes", _("yes"))],
                   narrow=self.by_absence),
            choice("asked", _("Asked for this call"), [("no", _("not yet")), ("yes", _("yes"))],
                   narrow=lambda rows, value: rows.filter(in_pool__isnull=value == "no")),
        )  # fmt: skip
        super().__init__(user, params, path=path, **context)

    def by_absence(self, rows, value):
        """By the rule of assigning: the absences of a few hundred people are read, as they are there."""
        away = [pk for pk in self.available.entries if is_away(pk, self.available)]
        return rows.filter(pk__in=away) if value == "yes" else rows.exclude(pk__in=away)

    def all_rows(self):
        mine = PoolMember.objects.visible_to(self.user).of_call(self.call).filter(person=OuterRef("pk"))
        return super().all_rows().annotate(in_pool=Subquery(mine.values("status")[:1]))

    def to_be_invited(self, most):
        """Those found who have not accepted: as many as a person looks through."""
        there = PoolMember.objects.of_call(self.call).accepted().values("person")
        return list(self.filtered().exclude(pk__in=there).order_by("name_order", "pk")[:most])


def of_state(rows, state):
    """Who works there now, at an organisation or as a State's own."""
    places = Membership.objects.in_force().filter(person=OuterRef("pk"))
    return rows.filter(Exists(places.filter(organisation__member_state=state) | places.filter(member_state=state)))
