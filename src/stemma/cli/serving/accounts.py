"""The verb that says who may come in where the reader is served to others: account."""

from __future__ import annotations

import os
import time
from typing import Any

import click

from stemma.archive import Archive, Place, folder_of
from stemma.cli.flags import Verb, archive_option, tell, write_lines
from stemma.errors import BadValue
from stemma.notebook import Notebook, accounts
from stemma.notebook.accounts import ROLES, Account
from stemma.show.plain import one_line

_PASSWORD = "STEMMA_ACCOUNT_PASSWORD"  # noqa: S105 (the name of a variable)


@click.command(
    cls=Verb,
    short_help="Say who may log in where the reader is served.",
    epilog="""stemma account add "Dana Wirt" --role editor
    stemma account add guest --collection harbour
    stemma account list
    stemma account password "Dana Wirt"
    stemma account key guest
    stemma account remove guest""",
)
@click.argument("action", type=click.Choice(["add", "list", "password", "key", "remove"]))
@click.argument("name", required=False, default="")
@click.option(
    "--role", type=click.Choice(ROLES), default="reader", show_default=True, help="Editors change the archive."
)
@click.option("--collection", "collections", multiple=True, help="Let it see this collection alone; may be repeated.")
@archive_option
def account(path: Place, action: str, name: str, **said: Any) -> None:  # noqa: ANN401 - click's options by name
    """Say who may log in where the reader is served to others. Passwords are asked for on the terminal.

    A key is for a program: it reads /api/ as the account may, in the header "Authorization: Bearer KEY".
    """
    Archive.open(path).close()
    with Notebook(folder_of(path)) as notebook:
        if action == "list":
            write_lines(map(_told, accounts.accounts(notebook)))
            return
        if not name:
            raise BadValue("name", name, f"whom to {action}")
        _act(notebook, action, Account(name, said["role"], tuple(sorted(set(said["collections"])))))


def _act(notebook: Notebook, action: str, one: Account) -> None:
    match action:
        case "add":
            accounts.add(notebook, one, _password(), time.time())
            tell(f"{one_line(one.name)} may log in as {one.role}.")
        case "password":
            accounts.set_password(notebook, one.name, _password())
            tell(f"{one_line(one.name)} has a new password, and is logged out everywhere.")
        case "key":
            write_lines([accounts.log_in(notebook, one.name, time.time(), "key")])
            tell("This key is shown once. It ends with a new password or with the account.")
        case _:
            accounts.remove(notebook, one.name)
            tell(f"{one_line(one.name)} may log in no more.")


def _told(one: Account) -> str:
    seen = f"collections {', '.join(one.collections)}" if one.collections else "the whole archive"
    return one_line(f"{one.name}: {one.role}, sees {seen}")


def _password() -> str:
    if (known := os.environ.get(_PASSWORD)) is not None:
        return known
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
