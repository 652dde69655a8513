"""Detached signatures of a file, in the form of minisign (Ed25519 over BLAKE2b): anybody's ``minisign -V`` proves them.

The extra ``sign`` brings the library; nothing else in the archive needs it.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from stemma.errors import BadSignature, BadValue, NeedsExtra

ENDING = ".minisig"
_FEW = 0o600  #: nobody else may read a secret key


class Signed(NamedTuple):
    """What a proved signature says of itself."""

    key: str  #: the public key, in base 64
    comment: str  #: the comment that is signed with it


def sign(path: Path, key: Path, comment: str, password: str | None = None) -> Path:
    """Sign a file; the signature lies beside it. Raises ``BadValue`` for a key that is none or is locked."""
    library = _library()
    try:
        secret = library.SecretKey.from_file(key)
        if secret.is_encrypted():
            secret.decrypt(password or "")
        with secret, path.open("rb") as file:
            signature = secret.sign(file, trusted_comment=comment)
    except (library.Error, ValueError) as error:
        raise BadValue("key", str(key), f"a secret key of minisign and its password ({error})") from error
    place = path.with_name(path.name + ENDING)
    place.write_bytes(bytes(signature) + b"\n")
    return place


def is_locked(key: Path) -> bool:
    """Whether a secret key asks for a password. Raises ``BadValue`` for what is none."""
    library = _library()
    try:
        return bool(library.SecretKey.from_file(key).is_encrypted())
    except (library.Error, ValueError) as error:
        raise BadValue("key", str(key), f"a secret key of minisign ({error})") from error


def make_key(place: Path, password: str | None = None) -> Path:
    """Make a pair of keys: the secret one at ``place``, the public one beside it, which is returned.

    Raises ``BadValue`` where something lies there.
    """
    library = _library()
    public = place.with_suffix(".pub")
    for path in (place, public):
        if path.exists():
            raise BadValue("new-key", str(path), "a name that is not taken")
    pair = library.KeyPair.generate()
    public.write_bytes(bytes(pair.public_key) + b"\n")
    with pair.secret_key as secret:
        if password:
            secret.encrypt(password)
        file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FEW)
        with os.fdopen(file, "wb") as out:
            out.write(bytes(secret) + b"\n")
    return public


def verify(path: Path, signature: Path, key: str) -> Signed:
    """Prove a signature by a public key: its file, or itself in base 64. Raises ``BadSignature`` and ``BadValue``."""
    library = _library()
    try:
        public = library.PublicKey.from_file(key) if Path(key).is_file() else library.PublicKey.from_base64(key)
    except (library.Error, ValueError) as error:
        raise BadValue("key", key, f"a public key of minisign ({error})") from error
    try:
        proved = library.Signature.from_file(signature)
        public.verify_file(path, proved)
    except (library.Error, ValueError) as error:
        raise BadSignature(signature, path, error) from error
    return Signed(public.to_base64().decode(), proved.trusted_comment)


def _library() -> ModuleType:
    try:
        return import_module("minisign")
    except ImportError as error:
        raise NeedsExtra("sign", "signatures") from error
