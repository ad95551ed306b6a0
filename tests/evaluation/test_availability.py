"""What evaluators say in the register holds by hand, from a file, in a distribution and when a batch is made."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.models import Application
from core import clock
from core.errors import Incomplete
from evaluation.actions import (
    assign_all,
    assign_evaluator,
    carry_out_batch,
    confirm_batch,
    keep_entry,
    propose_distribution,
    propose_from_file,
    release_evaluator,
)
from evaluation.actions.availability import Period, days_of, period_of
from evaluation.actions.fitting import Expertise
from evaluation.actions.known import Known
from evaluation.actions.proposing import Terms
from evaluation.models import Assessment, RegisterEntry
from evaluation.shown.assigning import judges, limit_too_low, why
from programmes.models import Passage
from tests.evaluation.factories import DAY, a_call_under_evaluation, an_assigned, an_eligible_application
from tests.factories import an_evaluator, the_clock

pytestmark = pytest.mark.django_db


def one_who(name="Ana", **said):
    person = an_evaluator(name=name)
    keep_entry(by=person, at=DAY, said=said)
    return person


def away_from(day, days):
    return [f"{day.date().isoformat()}/{(day + timedelta(days=days - 1)).date().isoformat()}"]


@pytest.fixture
def applications(call):
    return [an_eligible_application(call) for _ in range(3)]


# by hand


def test_whoever_takes_two_is_given_no_third_one(applications, officer):
    ana = one_who(most=2)
    first, second, third = applications
    row = an_assigned(first, ana, officer)
    an_assigned(second, ana, officer)

    with pytest.raises(Incomplete, match="Ana takes at most 2 assessments in a call and has 2 in this one"):
        an_assigned(third, ana, officer)

    release_evaluator(row, by=officer, at=DAY, reason="Another subject.")
    an_assigned(third, ana, officer)
    with pytest.raises(Incomplete, match="at most 2"):
        an_assigned(first, ana, officer)  # given back what was taken from her, it would be her third


def test_the_limit_is_of_each_call(applications, officer):
    ana = one_who(most=1)
    an_assigned(applications[0], ana, officer)

    an_assigned(an_eligible_application(a_call_under_evaluation()), ana, officer)

    assert Assessment.objects.of(ana).count() == 2


def test_all_of_a_list_count_together(applications, officer):
    ana = one_who(most=2)

    with pytest.raises(Incomplete) as refusal:
        assign_all([(one, ana) for one in applications], by=officer, at=DAY)

    assert len(refusal.value.gaps) == 1
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(("days", "refused"), [(10, False), (11, True), (30, True)])
def test_whoever_is_away_on_half_of_the_days_is_not_asked(applications, officer, days, refused):
    ana = one_who(absences=away_from(DAY, days))
    due = DAY + timedelta(days=20)  # 21 days, both ends counted

    if refused:
        with pytest.raises(Incomplete, match=f"Ana is away on {min(days, 21)} of the 21 days until 20 February 2021"):
            assign_evaluator(applications[0], ana, by=officer, at=DAY, due_at=due)
    else:
        assert assign_evaluator(applications[0], ana, by=officer, at=DAY, due_at=due)


def test_an_absence_before_or_after_is_nobodys_business():
    period = period_of(DAY, DAY + timedelta(days=9))

    assert period.days == 10
    assert [period.of(one) for one in ("2021-01-01/2021-01-30", "2021-02-10/2021-03-01")] == [0, 0]
    assert period.of("2021-01-01/2021-02-01") == 2
    assert period.of("2021-01-01/2022-01-01") == 10
    assert Period(*days_of("2021-02-01/2021-02-01")).days == 1


def test_who_is_in_no_register_is_asked_as_before(applications, officer):
    assert an_assigned(applications[0], an_evaluator(), officer)


def test_the_answer_is_the_same_one_by_one_and_for_the_file(applications, officer):
    one_who("Away", absences=away_from(clock.now(), 40))
    full = one_who("Full", most=1)
    one_who("Free", most=1)
    an_assigned(applications[0], full, officer)
    known = Known(applications, judges())

    for application in applications:
        for person in known.people.values():
            quick = known.may_be_barred(application, person) or known.counts(application, person)
            assert bool(known.why_not(application, person)) == quick
    assert {p.name for p in known.people.values() if not known.why_not(applications[1], p)} == {"Free"}


def test_however_many_pairs_the_register_is_asked_twice(applications, django_assert_num_queries):
    for number in range(4):
        one_who(f"Person {number}", most=2, keywords=["network"])
    known = Known(applications, judges())

    with django_assert_num_queries(12):  # as without a register, and its entries, the pool, the loads and the grounds
        assert not any(known.why_not(a, p) for a in applications for p in known.people.values())


@pytest.mark.parametrize("act", [assign_evaluator, lambda a, e, **said: assign_all([(a, e)], **said)])
def test_the_entry_is_held_while_the_last_place_is_given(applications, officer, act):
    """Two officers at once: the second one counts what the first one gave."""
    ana = one_who(most=1)

    with CaptureQueriesContext(connection) as asked:
        act(applications[0], ana, by=officer, at=DAY)

    said = [one["sql"] for one in asked.captured_queries]
    held = next(place for place, sql in enumerate(said) if "registerentry" in sql and "FOR UPDATE" in sql)
    counted = next(place for place, sql in enumerate(said) if 'COUNT("evaluation_assessment"."id")' in sql)
    assert held < counted


# a file and a batch


def test_a_file_counts_its_own_lines(call, applications, officer):
    ana = one_who(most=2)
    rows = [(line, one.reference, ana.email) for line, one in enumerate(applications, 2)]

    with pytest.raises(Incomplete) as refusal:
        propose_from_file(call, by=officer, rows=rows, name="pairs.csv")

    assert refusal.value.gaps == {"Line 4": "Ana takes at most 2 assessments in a call and has 2 in this one."}


def test_a_batch_is_judged_again_with_the_days_it_was_confirmed_for(call, applications, officer):
    ana = one_who(most=9, absences=away_from(clock.now() + timedelta(days=22), 300))
    rows = [(line, one.reference, ana.email) for line, one in enumerate(applications, 2)]
    batch = propose_from_file(call, by=officer, rows=rows, name="pairs.csv")

    batch = confirm_batch(batch, by=officer, due_at=clock.now() + timedelta(days=90))
    batch = carry_out_batch(batch, by=the_clock())

    assert (batch.made, batch.refused) == (0, 3)
    assert "Ana is away on" in batch.lines.first().refusal


def test_what_was_promised_meanwhile_leaves_no_room(call, applications, officer):
    ana = one_who(most=2)
    rows = [(line, one.reference, ana.email) for line, one in enumerate(applications[:2], 2)]
    batch = confirm_batch(propose_from_file(call, by=officer, rows=rows, name="pairs.csv"), by=officer)
    an_assigned(applications[2], ana, officer)

    batch = carry_out_batch(batch, by=the_clock())

    assert (batch.made, batch.refused) == (1, 1)
    assert Assessment.objects.of(ana).of_call(call).count() == 2


# a distribution


def proposed(call, officer, **terms):
    return propose_distribution(call, by=officer, terms=Terms(**{"wanted": 1, **terms}))


def loads(batch):
    names = [line.evaluator.name for line in batch.lines.all()]
    return {name: names.count(name) for name in names}


def test_a_distribution_keeps_to_each_ones_own_limit(call, applications, officer):
    one_who("Ana", most=1)
    one_who("Bo")

    assert loads(proposed(call, officer)) == {"Ana": 1, "Bo": 2}
    assert loads(proposed(call, officer, limit=1)) == {"Ana": 1, "Bo": 1}


def test_a_distribution_asks_nobody_who_is_away_and_says_so_when_somebody_lacks(call, applications, officer):
    one_who("Ana", most=2)
    one_who("Away", absences=away_from(clock.now(), 40))

    batch = proposed(call, officer)

    assert loads(batch) == {"Ana": 2}
    assert (batch.short, batch.terms["people"], batch.terms["away"]) == (1, 1, 1)
    assert limit_too_low(batch.terms) == (
        "The limits that 1 evaluators have given leave room for 2 assessments, 3 are wanted: 1 too few. "
        "1 evaluator cannot be asked now: the register or the pool says why."
    )


def test_a_distribution_asks_only_those_who_read_what_the_officer_asks_for(call, applications, officer):
    one_who("Ana", languages=["en", "fr"])
    one_who("Ben", languages=["en"])
    an_evaluator(name="Silent")

    batch = proposed(call, officer, languages=["fr"])

    assert loads(batch) == {"Ana": 3}
    assert (batch.terms["languages"], batch.terms["away"]) == (["fr"], 2)
    assert set(loads(proposed(call, officer))) == {"Ana", "Ben", "Silent"}


def test_the_languages_are_asked_again_when_the_batch_is_made(call, applications, officer):
    ana = one_who("Ana", languages=["fr"])
    batch = confirm_batch(proposed(call, officer, languages=["fr"]), by=officer)
    keep_entry(by=ana, said={"languages": []})

    batch = carry_out_batch(batch, by=the_clock())

    assert (batch.made, batch.refused) == (0, 3)
    assert batch.lines.first().refusal == "Ana does not read all that is asked for: French."


def test_nothing_is_said_of_limits_where_nobody_lacks(call, applications, officer):
    one_who("Ana")
    one_who("Away", absences=away_from(clock.now(), 40))

    assert limit_too_low(proposed(call, officer).terms) == ""


def test_whoever_knows_the_subject_is_preferred_and_the_reason_names_the_words(call, officer):
    for number in range(6):
        title = "Forensics of DNA" if number < 3 else "Radio for patrols"
        Application.objects.filter(pk=an_eligible_application(call).pk).update(title=title)
    one_who("Biologist", keywords=["dna", "forensics"])
    one_who("Engineer", keywords=["Radio", "for patrols", "patrol"])

    batch = proposed(call, officer)

    fitting = {(line.application.title, line.evaluator.name) for line in batch.lines.all()}
    assert fitting == {("Forensics of DNA", "Biologist"), ("Radio for patrols", "Engineer")}
    assert loads(batch) == {"Biologist": 3, "Engineer": 3}
    sentences = {line.evaluator.name: why(line) for line in batch.lines.all()}
    assert "Of the expertise, the application touches: dna, forensics." in sentences["Biologist"]
    assert "the application touches: for patrols, Radio." in sentences["Engineer"]  # “patrol” is another word


def test_action_types_are_expertise_too(call, officer, applications):
    action = Passage.objects.get(fund=call.fund, kind="ACTION", code="c")
    applications[0].actions.add(action)
    ana = one_who("Ana", actions=["isf-police:c"])

    found = Expertise([one.pk for one in applications], {ana.pk: RegisterEntry.objects.get()})

    assert found.fits() == {applications[0].pk: {ana.pk: 1}}
    assert found.of(applications[0].pk) == {ana.pk: ["(c)"]}


def test_without_a_word_in_the_register_no_text_is_read(applications, django_assert_num_queries):
    ana = one_who("Ana", most=3)

    with django_assert_num_queries(0):
        assert Expertise([one.pk for one in applications], {ana.pk: RegisterEntry(most=3)}).fits() == {}
