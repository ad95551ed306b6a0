"""What a check looks at."""

from dataclasses import dataclass
from datetime import datetime

from applications.budget import budget_in


@dataclass(frozen=True)
class Case:
    """One application before its call: the content, when it came (or would come), the call and its passages."""

    content: dict
    at: datetime
    call: object
    objectives: frozenset
    actions: frozenset

    @property
    def budget(self):
        return budget_in(self.content, self.call.indirect_rate)


def case_of(content, call, *, at):
    """Read what of the call's conditions lies in other tables."""
    return Case(
        content,
        at,
        call,
        objectives=frozenset(passage.code for passage in call.objectives.all()),
        actions=frozenset(passage.code for passage in call.actions.all()),
    )
