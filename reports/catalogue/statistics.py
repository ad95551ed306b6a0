"""R14: how many applied and succeeded, for how much of the money, from where, for what, and how long it took."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.member_states import MEMBER_STATES
from applications.models import Application
from awards import deadlines
from awards.models import Decision, DecisionLine, Letter
from core.charts import bar_chart
from core.days import day_of
from core.formats import brussels_day, euro, percent, thousands
from core.lists import Column
from programmes.states import OPENED
from reports.about import CALL, FILTERS
from reports.columns import money, number, rate
from reports.permissions import may_read_reports, reads_all_of
from reports.report import Report

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Share:
    """One group of applications, all of them or those of one Member State or action type."""

    group: str
    name: str
    applications: int
    successful: int
    requested: Decimal
    awarded: Decimal

    @property
    def success_rate(self):
        return success_rate(self.successful, self.applications)


def success_rate(successful, applications):
    """In per cent; of nobody, nothing can be said."""
    return (Decimal(100) * successful / applications).quantize(Decimal("0.01")) if applications else None


def rows(about, user):
    """All, then each Member State by its code, then each action type by its letter."""
    applications = applications_of(about, user)
    awards = awards_of(about.call, user)
    actions = {action.pk: action for application in applications for action in application.actions.all()}
    by_state = grouped(applications, lambda one: [one.applicant.member_state])
    by_action = grouped(applications, lambda one: [action.pk for action in one.actions.all()])
    yield share(gettext("all"), all_of_them(about, user), applications, awards)
    for code, members in sorted(by_state.items()):
        yield share(gettext("Member State"), str(MEMBER_STATES.get(code, code)), members, awards)
    for key in sorted(by_action, key=lambda key: actions[key].order):
        yield share(gettext("action type"), str(actions[key]), by_action[key], awards)


def all_of_them(about, user):
    return gettext("All applications") if reads_all_of(about, user) else gettext("All that you may see")


def applications_of(about, user):
    found = about.narrow(Application.objects.visible_to(user), "").select_related("applicant")
    return list(found.prefetch_related("actions").order_by("reference"))


def awards_of(call, user):
    """{application: euro} of the awards in force; nothing before the decision is taken."""
    lines = DecisionLine.objects.visible_to(user).of_call(call).in_force()
    return dict(lines.awards().values_list("application_id", "contribution"))


def grouped(applications, keys_of):
    groups = defaultdict(list)
    for one in applications:
        for key in keys_of(one):
            groups[key].append(one)
    return groups


def share(group, name, members, awards):
    won = [awards[one.pk] for one in members if one.pk in awards]
    return Share(
        group=group,
        name=name,
        applications=len(members),
        successful=len(won),
        requested=sum((one.requested or NOTHING for one in members), NOTHING),
        awarded=sum(won, NOTHING),
    )


def figures(about, user):
    """The answers Art. 189(3) and 194(2) of the Financial Regulation ask for."""
    whole, call = next(rows(about, user)), about.call
    counted = gettext("Applications") if reads_all_of(about, user) else gettext("Applications that you may see")
    return [
        (counted, str(whole.applications)),
        (gettext("Successful"), f"{whole.successful} ({percent(whole.success_rate) or '–'})"),
        (gettext("Requested"), euro(whole.requested)),
        (gettext("Awarded"), euro(whole.awarded)),
        *against_the_budget(whole, about, user),
        *times(call, user),
    ]


def against_the_budget(whole, about, user):
    """A part of the applications does not compete for the whole budget: whoever sees a part reads no such figure."""
    if not reads_all_of(about, user):
        return []
    return [
        (gettext("Available"), euro(about.call.budget)),
        (gettext("Requested for each euro available"), ratio(whole.requested, about.call.budget)),
    ]


def ratio(requested, available):
    return thousands(requested / available, places=2) if available else "–"


def times(call, user):
    """Of the first decision and its letters: the months of the law run to them."""
    taken = Decision.objects.visible_to(user).taken().of_call(call).order_by("ordinal")
    decided = list(taken.values_list("decided_at", flat=True))
    waits = [days_between(call.closes_at, one) for one in letters_of(call, user)]
    return [
        (gettext("Days from closing to the award decision"), shown_mean([days_between(call.closes_at, decided[0])])
         if decided else "–"),
        (gettext("Days from closing to informing applicants, on average"), shown_mean(waits)),
        (gettext("Days from closing to informing applicants, at most"), thousands(max(waits)) if waits else "–"),
        *last_days(call),
    ]  # fmt: skip


def last_days(call):
    """By law; and by the call, which may have planned an earlier one."""
    planned = [(gettext("Planned day to inform applicants"), brussels_day(call.inform_by))] if call.inform_by else []
    return [*planned, (gettext("Last day to inform applicants"), brussels_day(deadlines.inform_by(call.closes_at)))]


def letters_of(call, user):
    sent = Letter.objects.visible_to(user).of_call(call).of_the_first_decision().exclude(sent_at=None)
    return list(sent.values_list("sent_at", flat=True))


def days_between(start, end):
    return (day_of(end) - day_of(start)).days


def shown_mean(days):
    """A whole number of days stays whole."""
    if not days:
        return "–"
    return thousands(Decimal(sum(days)) / len(days), places=1).removesuffix(".0")


def charts(about, user):
    """Where a person would rather look than read."""
    found = list(rows(about, user))
    whole, parts = found[0], found[1:]
    states = most_first(one for one in parts if one.group == gettext("Member State"))
    kinds = [one for one in parts if one.group == gettext("action type")]
    if not whole.applications:
        return []
    drawn = [
        money_chart(whole, about, user),
        bar_chart(gettext("Applications by Member State"), [(one.name, one.applications) for one in states]),
        bar_chart(gettext("Requested by Member State"), [(one.name, one.requested) for one in states], show=euro),
    ]
    if whole.successful:
        successes = [(one.name, one.success_rate) for one in states]
        drawn.append(bar_chart(gettext("Success by Member State"), successes, show=percent))
    if kinds:
        drawn.append(bar_chart(gettext("Applications by action type"), [(one.name, one.applications) for one in kinds]))
    return drawn


def money_chart(whole, about, user):
    asked, won = (gettext("Requested"), whole.requested), (gettext("Awarded"), whole.awarded)
    if not reads_all_of(about, user):
        return bar_chart(gettext("Requested, awarded"), [asked, won], show=euro)
    there = (gettext("Available"), about.call.budget)
    return bar_chart(gettext("Requested, available, awarded"), [asked, there, won], show=euro)


def most_first(shares):
    """All twenty-seven fit a sheet of paper."""
    return sorted(shares, key=lambda one: (-one.applications, -one.requested, one.name))


COLUMNS = (
    Column("group", _("Grouped by"), lambda one: one.group),
    Column("name", _("Group"), lambda one: one.name),
    number("applications", _("Applications"), lambda one: one.applications),
    number("successful", _("Successful"), lambda one: one.successful),
    rate("success_rate", _("Successful (%)"), lambda one: one.success_rate),
    money("requested", _("Requested (EUR)"), lambda one: one.requested),
    money("awarded", _("Awarded (EUR)"), lambda one: one.awarded),
)

REPORT = Report(
    slug="statistics",
    number="R14",
    title=_("Statistics of the call"),
    description=_(
        "Applicants, success, money requested, available and awarded, by Member State and action type, and the days "
        "from closing to decision and letters."
    ),
    basis=("time_limits", "publication"),
    allowed=may_read_reports,
    since=OPENED,
    columns=COLUMNS,
    rows=rows,
    kinds=(CALL, *FILTERS),
    figures=figures,
    charts=charts,
)
