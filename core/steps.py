"""One line of a row's life: which step, from where, to where, by whom, and what must be held meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.errors import Incomplete, NotAllowed, WrongState
from core.holds import ROW
from core.recognition import require_recognised

NEW = None
SAME = "same"  # the step leaves the status as it is
BACK = "back"  # the step leads to where the row came from, as the trail tells


@dataclass(frozen=True)
class Bar:
    """Why somebody who may take a step in general may not take it on this row: a question that asks the rows.

    `name` stands in the table of who may do what; `sentence(user, row)` refuses, or gives an empty text. `many(user,
    rows)` asks the same of many rows at once: {primary key: sentence} of those it refuses.
    """

    name: str
    sentence: Callable
    many: Callable | None = None

    def sentences(self, user, rows):
        if self.many:
            return self.many(user, rows)
        return {row.pk: sentence for row in rows if (sentence := self.sentence(user, row))}


@dataclass(frozen=True)
class Step:
    """`holds`: what is locked before the row is judged, in this order. `bars`: who is shut out though `allowed`.

    `beside`: steps of others on the same row that do not outdate what this actor saw. `bare`: it only moves the row.
    `looked_at`: where the API shows how far what the step owes has come: the worker does it.
    `binds`: it binds the Union or gives a right, so it is taken only from somebody recognised a short while ago.
    `reader`: who besides the department reads the reason, word for word; the field that asks for it says so.
    `page`: name of the address of a page of its own, for a step that asks for more than a reason. `preview`: name of
    the address that shows what the step would do before it is confirmed. `shut`: asks the row and the time whether the
    act would refuse it though the state does not say so; programs are not told of the step then. `hidden`: not offered
    as a button: the clock's, or part of a page.
    """

    name: str
    sources: frozenset
    target: str
    allowed: Callable
    label: str
    needs_reason: bool = False
    reader: str = ""
    binds: bool = False
    page: str = ""
    preview: str = ""
    looked_at: str = ""
    hidden: bool = False
    bare: bool = False
    shut: Callable | None = None
    holds: tuple = (ROW,)
    bars: tuple = ()
    beside: frozenset = field(default_factory=frozenset)

    def is_shut(self, row, at):
        return self.shut is not None and self.shut(row, at)

    def require_open(self, row, by, barred=None):
        """Refuse whoever could not take this step on this row now, whatever they would send with it.

        `barred`: what the bars say of it, {primary key: sentence}, where it was asked for many rows at once.
        """
        if not self.allowed(by, row):
            raise NotAllowed(self.forbidden(row))
        if state_of(row) not in self.sources:
            raise WrongState(_("%(row)s is now “%(status)s”; “%(step)s” is not possible now.") % self.words(row))
        for sentence in self.refusals(row, by) if barred is None else [barred.get(row.pk)]:
            if sentence:
                raise NotAllowed(sentence)

    def refusals(self, row, by):
        return (bar.sentence(by, row) for bar in self.bars)

    def barred(self, rows, by):
        """{primary key: sentence} of those rows on which a bar shuts this person out."""
        found = {}
        for bar in reversed(self.bars):  # the first one speaks
            found |= bar.sentences(by, rows)
        return found

    def require_word(self, row, reason):
        """What the actor has to give besides the details: a reason, and, where the step binds, who it is."""
        if self.binds:
            require_recognised(self)
        if self.needs_reason and not reason:
            raise Incomplete({"reason": _("Give the reason for “%(step)s”.") % self.words(row)})

    def forbidden(self, row):
        """What is only about to be has no name yet."""
        if str(row).strip():
            return _("You may not take the step “%(step)s” on %(row)s.") % self.words(row)
        return _("You may not take the step “%(step)s”.") % self.words(row)

    def words(self, row):
        return {"step": self.label, "row": row, "status": row.get_status_display() if row.status else _("new")}

    def __str__(self):
        return str(self.label)


def step(name, sources, target, allowed, label, **options):
    """A line of a table; lists in it become what cannot be changed."""
    kinds = {"holds": tuple, "bars": tuple, "beside": frozenset}
    options = {key: kinds[key](value) if key in kinds else value for key, value in options.items()}
    return Step(name, frozenset(sources), target, allowed, label, **options)


def state_of(row):
    return NEW if row._state.adding else row.status
