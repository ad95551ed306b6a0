"""Evidence packs in tests: made, opened, and judged by the script under a Python that knows nothing of us."""

import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

from reports.actions import ask_for_pack
from reports.models import Pack
from reports.packs import make_pack
from tests.factories import an_auditor

SCRIPT = Path(__file__).parents[1] / "tools" / "verify_pack.py"


ONE_AFTER_THE_OTHER = """
import contextlib, io, json, runpy, sys
script, found = runpy.run_path(sys.argv[1]), {}
for name in sys.argv[2:]:
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(said):
        code = script["main"](name)
    said.seek(0)
    found[name] = [code, said.read()]
print(json.dumps(found))
"""


def a_pack(call, *, by=None, **said):
    """Asked for and made."""
    pack = ask_for_pack(Pack(call=call, **said), by=by or an_auditor())
    make_pack(Pack.objects.get(pk=pack.pk))
    pack.refresh_from_db()
    return pack


def entries_of(content):
    with zipfile.ZipFile(BytesIO(content)) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def lines_of(held, name):
    return [json.loads(line) for line in held[name].decode().split("\n") if line]


def verified(folder, content, *more):
    """(exit, what the script says) of a pack with these bytes."""
    (folder / "pack.zip").write_bytes(content)
    command = [sys.executable, "-I", SCRIPT, "pack.zip", *more]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


def all_verified(folder, packs):
    """{what: (exit, what the script says)} of {what: bytes of a pack}, by one bare Python after the other's pack."""
    names = {f"{number}.zip": what for number, what in enumerate(packs)}
    for name, what in names.items():
        (folder / name).write_bytes(packs[what])
    command = [sys.executable, "-I", "-c", ONE_AFTER_THE_OTHER, SCRIPT, *names]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 0, done.stderr
    return {names[name]: tuple(found) for name, found in json.loads(done.stdout).items()}
