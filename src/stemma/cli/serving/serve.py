"""The verb that shows the archive in a browser: serve."""

from __future__ import annotations

import os
from contextlib import ExitStack
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import click

from stemma.archive import Archive, Place, shown, title_of
from stemma.cli.flags import Verb, archive_option, tell
from stemma.errors import BadValue
from stemma.show import PORT

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_LAST_PORT = 65_535


@click.command(
    cls=Verb,
    short_help="Show the archive in a browser.",
    epilog="""stemma serve
    stemma serve --port 9000
    stemma serve --host 192.0.2.7 --certificate stemma.pem --key stemma.key
    stemma serve --name stemma.example --raw-name raw.stemma.example --behind-tls""",
)
@click.option(
    "--port", type=click.IntRange(1, _LAST_PORT - 1), default=PORT, show_default=True, help="Port to serve at."
)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="IP", help="Address to serve at; 0.0.0.0: all.")
@click.option("--name", metavar="HOST[:PORT]", help="What browsers call it, where that is not the address.")
@click.option("--raw-name", metavar="HOST[:PORT]", help="The same for raw captures, which are served at the next port.")
@click.option("--no-raw", is_flag=True, help="Do not serve raw captures.")
@click.option("--log-in", is_flag=True, help="Ask for a password on this machine too.")
@click.option("--certificate", type=_FILE, help="Speak TLS with this certificate (PEM).")
@click.option("--key", type=_FILE, help="Its key (PEM).")
@click.option("--behind-tls", is_flag=True, help="A proxy in front of it speaks TLS.")
@archive_option
def serve(path: Place, **said: Any) -> None:  # noqa: ANN401 - click's options by name
    """Show the archive in a browser until Ctrl-C; of this machine, unless told otherwise.

    At another address than 127.0.0.1, or under another name, everybody logs in: make accounts first with
    `stemma account add`. Raw captures are shown at the next port, where nothing of them can act. Where there is no
    archive yet an empty one is made, into which pages can be brought from the browser.
    """
    from stemma.desk import Desk  # noqa: PLC0415 - loads every room
    from stemma.notebook import Notebook  # noqa: PLC0415 - the other verbs start without it
    from stemma.show.web import listening, run, served  # noqa: PLC0415 - loads the web stack
    from stemma.show.web.door.collected import Collected  # noqa: PLC0415 - the same
    from stemma.show.web.frame import Frame  # noqa: PLC0415 - the same

    place, tls = _place(**said), _tls(said["certificate"], said["key"])
    with ExitStack() as stack:
        archive = stack.enter_context(Archive.open(path, create=True))
        is_frozen = not os.access(archive.path, os.W_OK)
        notebook = None if is_frozen else stack.enter_context(Notebook(archive.path))
        if place.log_in:
            _refuse_without_accounts(notebook, path)
        frame = Frame(archive, None if is_frozen else Desk(path), notebook, name=title_of(path), place=place)
        sockets = [listening(port, said["host"]) for port in (place.port, place.raw_port) if port]
        if not place.secure and not ip_address(said["host"]).is_loopback:
            tell("Passwords and pages cross the network unencrypted; use --certificate and --key, or a proxy with TLS.")
        told = f"Reading {shown(path)} at %s  (Ctrl-C ends)"
        members = Collected(archive, notebook) if notebook else None
        run(served(frame, archive, members), sockets[0], lambda address: tell(told % address), sockets[1:], tls)


def _place(**said: Any):  # type: ignore[no-untyped-def]  # noqa: ANN202, ANN401 (Place is loaded with the web stack)
    from stemma.show.web.door.place import OWN_NAMES, Place  # noqa: PLC0415 - loads the web stack

    host, port = said["host"], said["port"]
    try:
        number = ip_address(host)
    except ValueError:
        raise BadValue("host", host, "an IP address of this machine, or 0.0.0.0 for all") from None
    is_own = number.is_loopback and not said["name"]
    shown = f"[{host}]" if number.version == 6 else host
    names = OWN_NAMES if number.is_unspecified else tuple(dict.fromkeys([*OWN_NAMES, shown]))
    if number.is_unspecified and not said["name"]:
        raise BadValue("name", "", "the name by which browsers reach it, with --host " + host)
    raw = None if said["no_raw"] else port + 1
    secure = bool(said["certificate"]) or said["behind_tls"]
    return Place(port, raw, names, said["name"], said["raw_name"], secure, not is_own or said["log_in"])


def _tls(certificate: Path | None, key: Path | None):  # type: ignore[no-untyped-def]  # noqa: ANN202 (as above)
    from stemma.show.web import Tls  # noqa: PLC0415 - loads the web stack

    if bool(certificate) != bool(key):
        raise BadValue("certificate", str(certificate or ""), "--certificate and --key together")
    return Tls(certificate, key) if certificate and key else None


def _refuse_without_accounts(notebook, path: Place) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 (as above)
    from stemma.notebook.accounts import accounts  # noqa: PLC0415 - the other verbs start without it

    if notebook is None or not accounts(notebook):
        wanted = f"an account for whoever shall come in; make one with: stemma account add NAME --archive {shown(path)}"
        raise BadValue("host", "without accounts", wanted)
