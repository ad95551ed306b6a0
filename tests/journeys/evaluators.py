"""Three evaluators at their browsers: they declare, judge alone, agree, and sign as a committee."""

from tests.journeys import words

SENTENCES = "Agrees with the need; well argued. What is missing: figures on reach."


def sees_only_the_card(evaluator, *, application, attachment):
    """Before the declaration: who takes part, nothing of what they say."""
    evaluator.goes_to("/desk/")
    evaluator.looks()
    evaluator.goes_to("/evaluation/")
    evaluator.looks()
    evaluator.follows(words.number_of("NETWATCH"))
    evaluator.sees("Korps Nationale Politie", "Il-Korp tal-Pulizija ta’ Malta", "I declare on my honour")
    evaluator.sees_nothing_of("NETWATCH in plain words.", "EUR 481 500.00", "description of the action.pdf")
    evaluator.looks()
    evaluator.finds_nothing_at(application, attachment)


def judge(evaluator, name, number, *, look=False):
    """Declare, read, score, sign; gives the address of the assessment."""
    evaluator.goes_to("/evaluation/")
    evaluator.follows(number)
    address = evaluator.page.url
    evaluator.presses("Declare that I have no conflict of interest")
    evaluator.goes_to(address)
    if look:
        signs_too_early(evaluator)
    points = words.SCORES[name]
    evaluator.writes(scores(points[evaluator.who]))
    evaluator.presses("Save and sign")
    evaluator.sees(f"Your assessment of {number} is signed.")
    return address


def signs_too_early(evaluator):
    evaluator.sees("in plain words.", "description of the action.pdf")
    evaluator.looks()
    evaluator.writes({"REL_points": "41", "REL_comment": SENTENCES})
    evaluator.presses("Save and sign")
    evaluator.sees("Give between 0 and 40 points; 41 is outside.")
    evaluator.looks()
    evaluator.writes({"REL_points": "36"})
    evaluator.presses("Save and sign")
    evaluator.sees("Write a comment on QUA Quality.")


def scores(points):
    given = {}
    for code, number in zip(("REL", "QUA", "IMP"), points, strict=True):
        given |= {f"{code}_points": str(number), f"{code}_comment": f"{code}: {SENTENCES}"}
    return given


def agree(rapporteur, name, number, *, look=False):
    rapporteur.goes_to("/evaluation/")
    rapporteur.follows(f"Write the agreed scores of {number}.")
    if look:
        rapporteur.looks()
    rapporteur.writes({**scores(words.SCORES[name]["agreed"]), "remark": f"{name}: the evaluators agree."})
    rapporteur.presses("Save and propose to the evaluators")
    rapporteur.sees("waits for the evaluators' approval; approve it yourself too.")
    if look:
        rapporteur.looks()
    rapporteur.presses("Approve")
    return rapporteur.page.url


def approve(evaluator, number):
    evaluator.goes_to("/evaluation/")
    evaluator.follows(f"Read and approve the consensus report of {number}.")
    evaluator.presses("Approve")
    evaluator.sees("Done: Approve")


def declare_as_member(member, call):
    member.goes_to(f"/evaluation/calls/{call.pk}/committee/")
    member.presses("Declare that I have no conflict of interest")
    member.sees("You declared on")


def sign_record(member, call, *, look=False):
    member.goes_to(f"/evaluation/calls/{call.pk}/committee/")
    if look:
        member.looks()
    member.follows("Read the ranked list.")
    member.sees(words.number_of("NETWATCH"), "86 main list")
    if look:
        member.looks()
    member.goes_to(f"/evaluation/calls/{call.pk}/committee/")
    member.presses("Sign the evaluation record")
    member.sees("You signed the evaluation record on")
