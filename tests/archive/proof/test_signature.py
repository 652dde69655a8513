from __future__ import annotations

import shutil
import stat
import subprocess

import pytest

from stemma.archive.proof import signature
from stemma.errors import BadSignature, BadValue, NeedsExtra

pytest.importorskip("minisign", reason="the extra 'sign' is not installed")
COMMENT = "signed at 2031-06-01T00:00:00Z"


@pytest.fixture
def signed(tmp_path):
    """A signed file and the public key."""
    path = tmp_path / "state.jsonl"
    path.write_bytes(b'{"manifest": "stemma/1"}\n')
    public = signature.make_key(tmp_path / "me.key")
    signature.sign(path, tmp_path / "me.key", COMMENT)
    return path, public


def test_signature_lies_beside_the_file_and_holds(signed):
    path, public = signed
    place = path.with_name("state.jsonl.minisig")
    proved = signature.verify(path, place, str(public))
    assert proved.comment == COMMENT
    assert proved.key == public.read_text().splitlines()[1]
    assert signature.verify(path, place, proved.key) == proved


def test_file_that_was_changed_and_another_key_are_refused(signed, tmp_path):
    path, public = signed
    other = signature.make_key(tmp_path / "other.key")
    place = path.with_name("state.jsonl.minisig")
    with pytest.raises(BadSignature, match="key"):
        signature.verify(path, place, str(other))
    place.write_text(place.read_text().replace("2031", "2032"))
    with pytest.raises(BadSignature, match="failed"):
        signature.verify(path, place, str(public))
    place.write_text(place.read_text().replace("2032", "2031"))
    path.write_bytes(b"{}\n")
    with pytest.raises(BadSignature, match="failed"):
        signature.verify(path, place, str(public))


def test_secret_key_is_for_its_owner_alone_and_is_never_overwritten(signed, tmp_path):
    assert stat.S_IMODE((tmp_path / "me.key").stat().st_mode) == 0o600
    with pytest.raises(BadValue, match="not taken"):
        signature.make_key(tmp_path / "me.key")


def test_locked_key_asks_for_its_password(tmp_path, monkeypatch):
    import minisign

    weak = {"opslimit": 1 << 15, "memlimit": 1 << 22}  # strong ones take a second and a gigabyte
    encrypt = minisign.SecretKey.encrypt
    monkeypatch.setattr(minisign.SecretKey, "encrypt", lambda key, password: encrypt(key, password, **weak))
    signature.make_key(tmp_path / "me.key", "tide")
    path = tmp_path / "a"
    path.write_bytes(b"a")
    assert signature.is_locked(tmp_path / "me.key")
    with pytest.raises(BadValue, match="password"):
        signature.sign(path, tmp_path / "me.key", COMMENT, "ebb")
    assert signature.sign(path, tmp_path / "me.key", COMMENT, "tide").exists()


def test_what_is_no_key_is_misuse(signed, tmp_path):
    path, _ = signed
    for use in (
        lambda: signature.sign(path, path, COMMENT),
        lambda: signature.is_locked(path),
        lambda: signature.verify(path, path.with_name("state.jsonl.minisig"), "RWnothing"),
    ):
        with pytest.raises(BadValue, match="key"):
            use()


def test_without_the_extra_it_is_told_what_to_add(signed, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "minisign", None)
    with pytest.raises(NeedsExtra, match=r"pip install 'stemma-archive\[sign\]'"):
        signature.is_locked(signed[0])


@pytest.mark.skipif(not shutil.which("minisign"), reason="minisign is not installed")
def test_the_tool_minisign_proves_our_signatures_and_we_prove_its(signed, tmp_path):
    path, public = signed
    verify = ["minisign", "-V", "-q", "-m", str(path), "-p", str(public)]
    assert subprocess.run(verify, check=False).returncode == 0
    key, theirs = tmp_path / "theirs.key", tmp_path / "theirs.pub"
    made = subprocess.run(["minisign", "-G", "-W", "-p", str(theirs), "-s", str(key)], check=False, capture_output=True)
    if made.returncode:
        pytest.skip("this minisign makes no keys without a password")
    other = tmp_path / "other"
    other.write_bytes(b"other")
    subprocess.run(
        ["minisign", "-S", "-m", str(other), "-s", str(key), "-t", "theirs"], check=True, capture_output=True
    )
    assert signature.verify(other, tmp_path / "other.minisig", str(theirs)).comment == "theirs"
    signature.sign(path, key, COMMENT)
    assert subprocess.run([*verify[:-1], str(theirs)], check=False).returncode == 0
