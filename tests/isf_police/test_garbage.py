"""What the servers have loaded is not looked through for garbage: a page would wait for it."""

import subprocess
import sys

import pytest

from tests.worker import environment

LEFT = """
import gc, {module}
from celery.signals import worker_process_init
{call}
print(gc.get_freeze_count() > 9 * len(gc.get_objects()))
"""


@pytest.mark.parametrize(
    ("module", "call"),
    [("isf_police.wsgi", ""), ("isf_police.celery", "worker_process_init.send(None)")],
)
def test_nearly_all_that_is_loaded_is_set_aside(module, call):
    code = LEFT.format(module=module, call=call)
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("True")
