"""Third-party files: what is not what was reviewed never reaches the static folder."""

import base64
import hashlib
import io
import json
import shutil
import tarfile

import pytest

from tools import assets
from tools.places import CHECKOUT

STYLES = (
    b'@font-face{src:url(https://elsewhere.example/a.woff2) format("woff2"), url(../fonts/a.woff2) format("woff2")}'
)


def archive_of(content):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        entry = tarfile.TarInfo("package/a.css")
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def pack_of(archive, *, target="static/a.css"):
    checksum = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    return assets.Pack("a@1.0.0", checksum, {"package/a.css": target})


def put_in_place(root, pack, archive):
    assets.unpack(assets.verified(archive, pack), pack, root=root)


def test_the_font_of_another_host_is_cut_out_and_our_own_kept(tmp_path):
    archive = archive_of(STYLES)

    put_in_place(tmp_path, pack_of(archive), archive)

    assert (tmp_path / "static/a.css").read_bytes() == b'@font-face{src:url(../fonts/a.woff2) format("woff2")}'


def test_one_flipped_byte_is_refused_and_nothing_is_unpacked(tmp_path):
    archive = archive_of(STYLES)
    pack = pack_of(archive)
    altered = archive[:-1] + bytes([archive[-1] ^ 1])

    with pytest.raises(assets.Tampered, match="nothing was unpacked"):
        put_in_place(tmp_path, pack, altered)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_fetched_again(tmp_path):
    archive = archive_of(STYLES)
    pack = pack_of(archive)
    put_in_place(tmp_path, pack, archive)

    assert assets.provide(packs=[pack], root=tmp_path) == []


@pytest.mark.parametrize("change", ["file lost", "checksum changed", "file added"])
def test_what_is_no_longer_right_is_fetched_again(tmp_path, change):
    archive = archive_of(STYLES)
    pack = pack_of(archive)
    put_in_place(tmp_path, pack, archive)
    if change == "file lost":
        (tmp_path / "static/a.css").unlink()
    if change == "checksum changed":
        pack = pack_of(archive_of(b"other"))
    if change == "file added":
        pack = pack_of(archive, target="static/b.css")

    assert not assets.is_there(pack, root=tmp_path)


@pytest.fixture
def out_of_reach(monkeypatch, tmp_path):
    """A pack that npm, cut off from its registry and with an empty cache, cannot get."""
    monkeypatch.setenv("npm_config_offline", "true")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "empty"))
    return {"packs": [assets.Pack("world-atlas@2.0.2", "", {"package/LICENSE": "var/never"})], "root": tmp_path}


@pytest.mark.skipif(not shutil.which("npm"), reason="without npm on this system there is nothing to cut off")
def test_without_the_registry_there_is_one_sentence_and_the_house_still_starts(out_of_reach, capsys):
    assets.main([], **out_of_reach)

    assert "pages use the plain style sheet" in capsys.readouterr().err


@pytest.mark.skipif(not shutil.which("npm"), reason="without npm on this system there is nothing to cut off")
def test_an_image_is_not_built_without_them(out_of_reach):
    with pytest.raises(SystemExit, match="could not be fetched"):
        assets.main(["--required"], **out_of_reach)


def test_the_files_in_this_checkout_name_no_other_host():
    fetched = json.loads((CHECKOUT / assets.STAMP).read_text())

    assert {pack.spec for pack in assets.PACKS} <= set(fetched)
    for styles in (CHECKOUT / assets.ECL / "styles").glob("*.css"):
        assert b"url(http" not in styles.read_bytes()
