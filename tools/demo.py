"""python -m tools.demo: the whole house on this machine, until Ctrl-C. RESET=1 starts afresh, PORT chooses the door.

Words on the command line go to `load_demo`; ISF_INSTANCE names other servers than the demo's own.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import sys
import time

from tools.children import start
from tools.places import CHECKOUT, PYTHON, say
from tools.ports import HOST, free_port, is_well, wanted_port
from tools.services import Instance, discard, ensure, release
from tools.services.supervisor import revive

DEMO = Instance(os.environ.get("ISF_INSTANCE") or "demo")
# Where Django keeps files when nothing is said, or beside the data of another instance.
FILES = CHECKOUT / "var" / "files" if DEMO.name == "demo" else DEMO.folder / "files"
PREPARE = ["migrate", "--no-input", "-v", "0", "--", "grant_rights", "--", "adopt_rows"]
ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 120  # seconds for the web server's first answer


def main():
    for wanted in ENDS:
        signal.signal(wanted, signal.default_int_handler)
    if os.environ.get("RESET", "0") not in ("", "0"):
        reset()
    children = []
    try:
        with the_only_one():
            return serve(children)
    except KeyboardInterrupt:
        say("\nStopping …")
        return 0
    finally:
        stop(children)


def reset():
    """Only what the demo itself has made."""
    if os.environ.get("DATABASE_URL"):
        raise SystemExit("RESET empties only the private database: empty the one of DATABASE_URL yourself.")
    discard(DEMO)
    shutil.rmtree(FILES, ignore_errors=True)
    say("The demo starts afresh.")


@contextlib.contextmanager
def the_only_one():
    """Two demos of one checkout would share a worker's queue."""
    ensure(DEMO)
    DEMO.folder.mkdir(parents=True, exist_ok=True)  # nobody made it when both addresses were given
    with (DEMO.folder / "demo.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit("'make demo' already runs in this checkout: use that one, or end it first.") from None
        yield


def serve(children):
    port = free_port(wanted_port(os.environ.get("PORT") or "8000"))
    address = f"http://{HOST}:{port}"
    environment = os.environ | ensure(DEMO) | own_settings(address)
    owner = environment | {"DATABASE_AS_OWNER": "1"}
    finish(children, "preparation of the database", PREPARE, environment=owner)
    children += [begin(name, command, environment=environment) for name, command in servers(port).items()]
    load = ["load_funds", "--", "load_demo", *sys.argv[1:], "--", "demo_logins"]
    finish(children, "loading of the demo", load, environment=environment)
    wait_for_web(children, address)
    say(f"\nThe demo is at {address} (logs: {logs()}).\nCtrl-C stops it; nothing is lost.")
    return watch(children)


def own_settings(address):
    files = os.environ.get("FILES_ROOT") or str(FILES)
    unbuffered = {"PYTHONUNBUFFERED": "1"}  # progress is seen when it happens, in a log file too
    return {"ISF_ENV": "development", "SITE_URL": address, "FILES_ROOT": files} | unbuffered


def servers(port):
    celery = [PYTHON, "-m", "celery", "-A", "isf_police"]
    gunicorn = [PYTHON, "-m", "gunicorn", "isf_police.wsgi", "--bind", f"{HOST}:{port}"]
    return {
        "worker": ["nice", "-n", "5", *celery, "worker", "--loglevel=INFO"],  # whoever clicks comes first
        "beat": [*celery, "beat", "--pidfile=", "-s", DEMO.folder / "beat-schedule"],
        "web server": [*gunicorn, "--worker-class=gthread", "--workers=2", "--threads=8", "--no-control-socket"],
    }


def begin(name, command, *, environment):
    return start(name, command, environment=environment, log=logs() / f"{name.split()[0]}.log")


def logs():
    folder = DEMO.folder / "logs"
    folder.mkdir(exist_ok=True)
    return folder


def finish(children, name, words, *, environment):
    """Run commands to their end, unless one of the others dies meanwhile."""
    step = start(name, [PYTHON, "-m", "tools.commands", *words], environment=environment)
    children.append(step)
    while not step.ended():
        require_alive(children[:-1])
        time.sleep(0.05)
    children.remove(step)
    if step.process.returncode:
        raise SystemExit(f"The {name} failed: the message above says why.")


def require_alive(children):
    for child in children:
        if child.ended():
            raise SystemExit(child.obituary())


def wait_for_web(children, address):
    end = time.monotonic() + PATIENCE
    while not is_well(address):
        require_alive(children)
        if time.monotonic() > end:
            raise SystemExit(f"The web server was not well within {PATIENCE} s; its log is in {logs()}.")
        time.sleep(0.05)


def watch(children):
    """A child that dies ends the demo by name; a private server that dies is started again."""
    while True:
        for _ in range(4):
            require_alive(children)
            time.sleep(0.5)
        if names := revive(DEMO):
            say(f"{' and '.join(names)} had stopped and runs again; nothing was lost.")


def stop(children):
    """What we started and nothing else; a second Ctrl-C must not cut this short."""
    for wanted in ENDS:
        signal.signal(wanted, signal.SIG_IGN)
    for child in children:
        child.process.poll() is None and child.process.terminate()
    for child in children:
        child.stop()
    release(DEMO)


if __name__ == "__main__":
    sys.exit(main())
