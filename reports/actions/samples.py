"""Announcing a sample with all that decides it, and drawing it once the seed cannot be chosen any more."""

from django.utils.translation import gettext as _

from audit.models import AuditRecord, Checkpoint
from core import files
from core.errors import Incomplete, WrongState
from reports.catalogue.population import REPORT as POPULATION
from reports.models import ReportFile, Sample
from reports.sampling import drawn_from, seed_of, units_of
from reports.states import SAMPLE

MOST_BOUNDS = 20


@SAMPLE.action("announce")
def announce_sample(sample, *, by, at):
    """From now on population, size, strata and words are fixed; the seed is not known to anybody yet."""
    sample.file = require_population(sample.file_id, by)
    require_strata(sample)
    sample.population_sha256 = sample.file.sha256
    sample.population_size = len(units_in(sample))
    require_size(sample)
    sample.announced_by, sample.announced_at = by, at


@SAMPLE.action("draw")
def draw_sample(sample, *, by, at):
    """With the root of the checkpoint that took up the record of the announcement."""
    announced = AuditRecord.objects.of_chain(sample.chain).first()
    head = Checkpoint.objects.holding(announced.hash).only("size", "root").first() if announced else None
    if head is None:
        raise WrongState(
            _("The checkpoint that decides the seed is not made yet. It is made each minute: draw again then.")
        )
    sample.checkpoint, sample.root, sample.drawn_at = head.size, head.root, at
    sample.seed = seed_of(sample.phrase, head.root)
    sample.numbers = [one.number for one in drawn_from(units_in(sample), seed=sample.seed, size=sample.size)]


def units_in(sample):
    return units_of(files.read(sample.file.path), sample.strata, sample.bounds)


def require_population(file_id, by):
    found = ReportFile.objects.visible_to(by).drawn().filter(
        pk=file_id, report=POPULATION.slug, form=ReportFile.Form.CSV
    ).first()  # fmt: skip
    if found is None:
        raise Incomplete({"file": _("Choose one of your files of the population as CSV (report R39).")})
    return found


def require_strata(sample):
    if sample.strata not in Sample.Strata.values:
        raise Incomplete({"strata": _("Choose one of the strata.")})
    if sample.strata != Sample.Strata.AMOUNT:
        sample.bounds = []
    elif not sample.bounds or sample.bounds != sorted(set(sample.bounds)) or len(sample.bounds) > MOST_BOUNDS:
        words = {"most": MOST_BOUNDS}
        raise Incomplete({"bounds": _("Give up to %(most)d bounds of the bands, each above the one before.") % words})


def require_size(sample):
    if not sample.population_size:
        raise Incomplete({"file": _("There is no application in this file: nothing can be drawn from it.")})
    if not 1 <= (sample.size or 0) <= sample.population_size:
        words = {"count": sample.population_size}
        raise Incomplete(
            {"size": _("Choose a size from 1 to %(count)d: so many applications are in the file.") % words}
        )
