"""Files coming and going in an application: each is looked at beside those that are there by then."""

from django.utils.translation import gettext as say

from applications.models import Attachment
from applications.parts.base import Writing
from applications.parts.columns import require_valid, values
from core.errors import Incomplete
from programmes.form_parts import page_limits

MOST_FILES = 80
TOLD = ("kind", "name", "sha256")
FILE_KINDS = dict(Attachment.Kind.choices)


class Filing:
    """What one act does to the files of an application, gathered in `writing`."""

    def __init__(self, application, *, by, at):
        self.application, self.by, self.at = application, by, at
        self.files = {file.pk: file for file in application.attachments.all()}
        self.writing = Writing()

    @property
    def there(self):
        """In their order."""
        return sorted((file for file in self.files.values() if file.removed_at is None), key=in_order)

    def add(self, kind, stored, *, replaces=None):
        """At the end, or in the place of the one it replaces."""
        last = max((file.order for file in self.files.values()), default=0)
        file = Attachment(
            application=self.application, kind=kind, replaces=replaces, uploaded_by=self.by, uploaded_at=self.at,
            order=replaces.order if replaces else last + 1, **stored._asdict(),
        )  # fmt: skip
        require_valid(file, ("kind", "name"), place="attachments")
        self.require_place(file)
        self.files[file.pk] = file
        self.note(file, is_there=True)

    def replace(self, key, stored):
        """The new one has the kind and the place of the old one, which stays among the earlier files."""
        old = self.file(key)
        if old.sha256 == stored.sha256:
            refuse(say("“%(name)s” is the very file that is there already."), stored.name)
        self.take_out(key)
        self.add(old.kind, stored, replaces=old)

    def take_out(self, key):
        self.mark(self.file_there(key), self.at)

    def put_back(self, key):
        """What stands in its place by now goes out; one that is there is left as it is."""
        file = self.file(key)
        if file.removed_at is None:
            return
        for other in self.there:
            if place_of(other, self.files) == place_of(file, self.files):
                self.mark(other, self.at)
        self.require_place(file)
        self.mark(file, None)

    def keep_only(self, ids):
        """These, in this order."""
        for file in self.files.values():
            is_wanted = str(file.pk) in ids
            if is_wanted != (file.removed_at is None):
                self.mark(file, None if is_wanted else self.at)
        self.arrange([self.file(key) for key in ids])

    def move(self, key, before):
        """To stand before that file, or at the end."""
        file = self.file_there(key)
        rest = [one for one in self.there if one is not file]
        place = rest.index(self.file_there(before)) if before and str(before) != str(key) else len(rest)
        self.arrange([*rest[:place], file, *rest[place:]])

    def arrange(self, files):
        """Numbered anew where they do not stand so already."""
        before = self.there
        if files == before:
            return
        for order, file in enumerate(files, 1):
            if file.order != order:
                file.order = order
                self.keep(file)
        self.writing.changes["attachments · order"] = [[file.name for file in rows] for rows in (before, files)]

    def file(self, key):
        found = next((file for file in self.files.values() if str(file.pk) == str(key)), None)
        if found is None:
            raise Incomplete({"attachments.file": say("This file is not in the application.")})
        return found

    def file_there(self, key):
        file = self.file(key)
        if file.removed_at:
            refuse(say("“%(name)s” is not in the application any more: somebody has taken it out."), file.name)
        return file

    def keep(self, file):
        if file not in self.writing.rows:
            self.writing.rows.append(file)

    def mark(self, file, removed_at):
        file.removed_at = removed_at
        self.note(file, is_there=removed_at is None)

    def note(self, file, *, is_there):
        """To be saved; the record tells of a file and another of its name in its place as one change."""
        self.keep(file)
        told, name = values(file, TOLD), f"attachments · {file.name}"
        before, after = self.writing.changes.get(name, [None, None])
        self.writing.changes[name] = [before, told] if is_there else [told, after]

    def require_place(self, file):
        if len(self.there) >= MOST_FILES:
            words = {"number": MOST_FILES}
            raise Incomplete({"attachments.file": say("At most %(number)d files: join or remove some.") % words})
        for other in self.there:
            if other.sha256 == file.sha256:
                self.require_other_bytes(file, other)
        self.require_pages(file)

    def require_pages(self, file):
        """Where the call limits the pages of a kind, all files of it are counted together."""
        most = page_limits(self.application.call.parts).get(file.kind)
        if most is None:
            return
        words = {"kind": FILE_KINDS[file.kind], "most": most, "pages": file.pages}
        if file.pages is None:
            refuse(say("“%(name)s”: the pages of this kind of document (%(kind)s) are counted, so send a PDF."),
                   file.name, **words)  # fmt: skip
        others = sum(other.pages or 0 for other in self.there if other.kind == file.kind)
        if others + file.pages > most:
            sentence = say("“%(name)s” has %(pages)d pages. At most %(most)d may be attached as “%(kind)s”, and "
                           "%(others)d are there. Shorten it.")  # fmt: skip
            refuse(sentence, file.name, others=others, **words)

    def require_other_bytes(self, file, other):
        """One document cannot be two of those that the call requires; sent again by the same name it is a mistake."""
        required = set(self.application.call.required_attachments)
        if file.kind != other.kind and {file.kind, other.kind} <= required:
            words = {"kind": FILE_KINDS[other.kind], "other": other.name}
            refuse(
                say("“%(name)s” is the very file that stands as “%(kind)s” (%(other)s). Attach another one here."),
                file.name, **words,
            )  # fmt: skip
        if (file.kind, file.name) == (other.kind, other.name):
            refuse(say("“%(name)s” is attached already, letter by letter."), file.name)


def in_order(file):
    return file.order, str(file.pk)


def place_of(file, files):
    """The first file of those that replaced one another, up to this one; `files` are all, by their ids."""
    while file.replaces_id:
        file = files[file.replaces_id]
    return file.pk


def refuse(sentence, name, **words):
    raise Incomplete({"attachments.file": sentence % {"name": name, **words}})
