"""The whole demo, in the order in which it is told."""

from django.db import transaction

from demo import stories_of_open_calls as open_calls
from demo import stories_of_waiting_calls as waiting
from demo import story_of_protect as protect
from demo import story_of_thb as thb
from demo.chapters import tell
from demo.deliveries import await_deliveries
from demo.people import bring_in_people
from demo.tables import call_said


def tell_everything(*, only=(), patience, say):
    with transaction.atomic():
        bring_in_people(only=only, say=say)
    stories = {
        protect.KEY: protect.chapters(only),
        thb.KEY: thb.chapters(only),
        waiting.ENVIRONMENT: waiting.chapters_of_environment(only),
        waiting.CORRUPTION: waiting.chapters_of_corruption(only),
        open_calls.KEY: open_calls.chapters(only),
        open_calls.IN_PREPARATION: open_calls.chapters_of_preparation(),
    }
    for key, chapters in stories.items():
        tell(reference_of(key), chapters.items(), say=say)
    await_deliveries(patience=patience, say=say)
    tell(reference_of(protect.KEY), protect.last_chapters().items(), say=say)


def reference_of(key):
    return call_said(key)["reference"]
