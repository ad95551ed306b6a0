"""What evaluators say and how many points they give, from the tables."""

from decimal import Decimal

from demo.moments import chance
from demo.tables import comments

STRONG, FAIR = Decimal("0.8"), Decimal("0.66")
OFFSETS = ((0, 0, 0), (-3, 2, 0), (2, -2, 1), (-4, 1, 3), (0, 3, -2), (1, 0, -3), (-2, 0, 4))  # in steps, by evaluator


def agreed_scores(said, criteria):
    """The consensus: points as the table says, a comment that names what is good and what is not."""
    points = [Decimal(one) for one in said["agreed"].split()]
    return scores_of(said, criteria, points, voice="agreed", names=("strength", "weakness"))


def own_scores(said, criteria, evaluator, place):
    """One evaluator's points, around those agreed later or as the table lists them."""
    if "points" in said:
        points = [Decimal(one) for one in said["points"][place].split()]
    else:
        points = [around(said, one, Decimal(agreed), place)
                  for one, agreed in zip(criteria, said["agreed"].split(), strict=True)]  # fmt: skip
    names = ("weakness",) if place % 2 else ("strength",)  # no two write the same
    return scores_of(said, criteria, points, voice=evaluator.email, names=names)


def around(said, criterion, agreed, place):
    """Some steps more or less than agreed; already the first two evaluators have the agreed points between them."""
    steps = OFFSETS[chance(said["acronym"], criterion.code, below=len(OFFSETS))][place]
    return min(max(agreed + steps * criterion.step, Decimal(0)), criterion.maximum)


def scores_of(said, criteria, points, *, voice, names):
    return {
        one.code: {"points": given, "comment": comment(said, one, given, voice=voice, also=spoken(said, place, names))}
        for place, (one, given) in enumerate(zip(criteria, points, strict=True))
    }


def spoken(said, place, names):
    """The first criterion is where the strength of a proposal is named, the second its weakness."""
    return [said[name] for where, name in enumerate(("strength", "weakness")) if where == place and name in names]


def comment(said, criterion, points, *, voice, also):
    """A sentence for the level of the points, and what is to be said of this very proposal."""
    return " ".join([one_of(criterion.code, points / criterion.maximum, said["acronym"], voice), *also])


def remark(said, scores, criteria, *, voice):
    share = sum(scores[one.code]["points"] * one.weight for one in criteria) / sum(
        one.maximum * one.weight for one in criteria
    )  # fmt: skip
    return one_of("remarks", share, said["acronym"], voice)


def one_of(subject, share, *words):
    level = "strong" if share >= STRONG else "fair" if share >= FAIR else "weak"
    sentences = comments()[subject][level]
    return sentences[chance(subject, *words, below=len(sentences))]
