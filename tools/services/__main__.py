"""python -m tools.services start|stop|status|urls|run [--instance NAME] [--force] [-- command …]"""

import argparse
import os
import signal
import subprocess
import sys

from tools.places import say
from tools.services import ensure, release, start, status, stop, urls


def main():
    asked, command = parsed(sys.argv[1:])
    if asked.act == "run":
        return run(asked.instance, command)
    if asked.act == "stop":
        stop(asked.instance, force=asked.force)
    for line in ACTS[asked.act](asked.instance):
        sys.stdout.write(f"{line}\n")
    return 0


def parsed(words):
    own, _, command = partition(words)
    parser = argparse.ArgumentParser(prog="python -m tools.services", description=__doc__)
    parser.add_argument("act", choices=["run", *ACTS])
    parser.add_argument("--instance", default="demo")
    parser.add_argument("--force", action="store_true", help="stop even what others use")
    asked = parser.parse_args(own)
    if (asked.act == "run") != bool(command):
        parser.error("'run' needs '-- command', the others take none")
    return asked, command


def partition(words):
    here = words.index("--") if "--" in words else len(words)
    return words[:here], "--", words[here + 1 :]


def started(instance):
    names = start(instance)
    return [f"Started {' and '.join(names)}." if names else "Already running."]


def addresses(instance):
    return [f"{name}={value}" for name, value in urls(instance).items()]


def run(instance, command):
    """The command, with the servers up and its addresses set; the last user turns off the light."""
    environment = os.environ | ensure(instance)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command gets the Ctrl-C too and decides
    try:
        with subprocess.Popen(command, env=environment, preexec_fn=listen_to_interrupts) as child:
            signal.signal(signal.SIGTERM, lambda *_: child.terminate())
            code = child.wait()
    except FileNotFoundError:
        say(f"There is no command {command[0]!r}.")
        code = 127
    finally:
        release(instance)
    return code if code >= 0 else 128 - code


def listen_to_interrupts():
    signal.signal(signal.SIGINT, signal.default_int_handler)


ACTS = {"start": started, "stop": status, "status": status, "urls": addresses}

if __name__ == "__main__":
    sys.exit(main())
