"""What is missing before an application may be submitted: {“part.field”: a sentence that says what to do}.

Only what makes an application inadmissible stops it (FR Art. 196: its parts, attachments, declarations). Conditions of
eligibility are shown as warnings by `checks.py` and never stop anybody. A part says itself what is missing in it.
"""

from applications.parts import asked_by, form_of, said_in

NOT_STARTED, IN_PROGRESS, COMPLETE, HAS_ERRORS = "not started", "in progress", "complete", "has errors"


def gaps_in(content, call):
    """Every gap of a content, in the order of the call's form. `call` is read for what it requires."""
    return {
        f"{part.name}.{field}": sentence
        for part in said_in(content, call)
        for field, sentence in part.gaps(content, call).items()
    }


def typed_gaps(application):
    """Every answer that stands as it was typed because it is not valid yet, with the sentence that says why."""
    return {
        f"{part.name}.{name}": f"“{text}”: {' '.join(sentences)}"
        for part in asked_by(application.call)
        if part.name in application.as_typed
        for form in [form_of(application, part)]
        for name, text in form.typed.items()
        if (sentences := form.problems(name, text))
    }


def progress_of(content, gaps, call):
    """{part: not started, in progress, complete or has errors}, from the gaps already found."""
    return {part.name: state_of(part, content[part.name], gaps) for part in said_in(content, call)}


def state_of(part, said, gaps):
    fields = [name.split(".", 1)[1] for name in gaps if name.startswith(f"{part.name}.")]
    if not fields:
        return COMPLETE
    if part.is_untouched(said):
        return NOT_STARTED
    return HAS_ERRORS if any(part.is_filled(field, said) for field in fields) else IN_PROGRESS
