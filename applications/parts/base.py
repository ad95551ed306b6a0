"""What the parts of a proposal have in common: a part is one object in one file, and the registry finds it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from applications.parts.incoming import cleaned


@dataclass
class Writing:
    """What a part wants written, for the act to do: rows to save, rows to delete, {relation: the rows it holds now}.

    `changes` is what the record tells of them, {name: [before, after]}; columns of the application itself are set on
    it at once and saved by the act.
    """

    changes: dict = field(default_factory=dict)
    rows: list = field(default_factory=list)
    gone: list = field(default_factory=list)
    chosen: dict = field(default_factory=dict)


class Total(NamedTuple):
    """A sum beside the pages; `group`: the fields of the part's own page that it adds up while somebody types, with
    `rate` per cent of them on top and those of the group `less` taken away."""

    label: str
    text: str
    group: str
    rate: str = ""
    less: str = ""


class Part:
    """A part keeps its data among the application's `answers`, unless it reads and writes rows of its own.

    `empty` is its shape with nothing said; `needs` names parts that must be asked with it; `is_decided_on`: no call is
    published without it; `row_model`: rows that its answers may belong to, which it makes itself if it `makes_rows`;
    `why_not_copied`: what is said of it where it never goes from one application into another; `why_not_asked`: of an
    answer that the other call has no place for. `is_written`: a call asks for it where its officer wrote what it asks.
    `partners_own`: the answers in a partner's row that its own people write. `beside`: parts that its page looks at
    where the call asks for them; `form` and `incoming` are what the page and the API take; `place` is where it stands,
    and parts are written in that order.
    """

    name = ""
    label = ""
    place = 100
    empty = {}
    needs = ()
    is_decided_on = False
    form = None
    incoming = None
    row_model = None
    makes_rows = False
    beside = ()
    edit_template = "applications/edit/fields.html"
    is_saved_by_the_page = True
    why_not_copied = ""
    why_not_asked = ""
    is_written = False
    partners_own = ()

    @property
    def template(self):
        """Lays out what `shown` gives, the same for every reader."""
        return f"applications/shown/{self.name}.html"

    # reads

    def read(self, application):
        """What the applicant says in this part, as plain JSON values in a settled order."""
        return {**self.empty, **application.answers.get(self.name, {})}

    def for_editing(self, application):
        """The same with the ids of its rows."""
        return self.read(application)

    # writes: called by acts alone

    def write(self, application, said, *, by, at):
        """Take what is given of the part, complete or not; what cannot be kept is refused by field."""
        given = cleaned(self.incoming(data=said), place=self.name)
        kept = {**self.read(application), **self.incoming(given).data}
        application.answers = {**application.answers, self.name: kept}
        return Writing()

    def restore(self, application, said, *, by, at):
        """Back to what a receipt says."""
        return self.write(application, said, by=by, at=at)

    def taken(self):
        """The field of the API's request that takes the part; none for a part with acts of its own."""
        return self.incoming(required=False) if self.incoming else None

    # checks

    def gaps(self, content, call):
        """{field: a sentence that says what to do} of what makes an application inadmissible."""
        return {}

    def own_gaps(self, content, row):
        """{field: a sentence} of what the people of the partner in this row have still to write, of their own."""
        return {}

    def is_untouched(self, said):
        if isinstance(said, list):
            return not said
        return not any(value and value != "0.00" for value in said.values())

    def is_filled(self, name, said):
        """A gap at a field that has something in it is an error, not an omission."""
        return isinstance(said, dict) and bool(said.get(name)) and said.get(name) != "0.00"

    # copies

    def named(self, said):
        """What is said of a part that is never copied, thing by thing."""
        return said

    def misfit(self, name, value, call):
        """Why this answer of another application does not fit the call, if it does not."""
        return ""

    # shows

    def shown(self, content, application):
        """What its template lays out, from the content alone; the application names its call and its applicant."""
        return {"said": content[self.name]}

    def totals(self, content, call):
        """[Total] that stand beside each page of the proposal."""
        return []

    def told(self, said):
        """{name: answer} where two contents are compared answer by answer; else as it is said."""
        return said

    def called(self, name):
        """As the page of the part calls an answer."""
        field = self.form.base_fields.get(name) if self.form else None
        return str(field.label) if field and field.label else ""

    def for_partner(self, content, row):
        """The content as a partner's own people read this part, `row` being theirs; None for what is not theirs to
        read. The proposal is common to all who take part: a part withholds what is somebody's alone."""
        return content

    def form_for(self, **what_stands):
        """Its page, as `parts/forms/base.py` takes it."""
        return self.form(**what_stands)

    def field_of(self, gap, content):
        """The id, without `id_`, of the field on the page in which a gap is filled."""
        return gap

    def beside_the_form(self, content, application):
        """What its page of editing shows besides the form."""
        return {}


def missing(**fields):
    return {name: sentence for name, (value, sentence) in fields.items() if not value}
