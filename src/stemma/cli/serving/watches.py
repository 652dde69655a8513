"""The verb that keeps watches: saved queries that tell of what is new."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from stemma.archive import Archive, Place, folder_of
from stemma.cli.flags import DONE, WITH_PROBLEMS, Verb, archive_option, tell, write_lines
from stemma.collect.clock import now
from stemma.errors import BadValue
from stemma.notebook import NAME, Notebook
from stemma.notebook import watches as notes
from stemma.notebook.watches import CHANGES, CHANNELS, DIGESTS, Watch
from stemma.show.lines import counted
from stemma.show.plain import one_line


@click.command(
    cls=Verb,
    short_help="Be told of new statements: feed, file, webhook, e-mail.",
    epilog="""stemma watches add ferries --query "q=ferry&outlet=SARVA" --channel file --to ferries.jsonl
    stemma watches add edits --query "speaker=Kim+Vael" --change wording --channel mail --to desk@orvo.example
    stemma watches list
    stemma watches preview ferries
    stemma watches run
    stemma watches remove ferries""",
)
@click.argument("action", type=click.Choice(["add", "list", "preview", "run", "remove"]))
@click.argument("name", required=False, default="")
@click.option("--query", default="", help='What stands behind "?" in the address of a search in the browser.')
@click.option("--channel", type=click.Choice(CHANNELS), default="feed", show_default=True, help="How you are told.")
@click.option("--to", "target", default="", help="File name, web address or e-mail address; nothing for a feed.")
@click.option("--change", type=click.Choice(CHANGES), default="new", show_default=True, help="What is told of.")
@click.option("--least", type=int, default=1, show_default=True, help="How many findings are worth a message.")
@click.option("--digest", type=click.Choice(DIGESTS), default="none", show_default=True, help="How often at most.")
@click.option(
    "--allow-host", "allowed", metavar="HOST", multiple=True,
    help="Send to this host though it is on a private network; may be repeated.",
)  # fmt: skip
@archive_option
def watches(path: Place, action: str, name: str, allowed: Sequence[str], **said: Any) -> int:  # noqa: ANN401 - click's options by name
    """Keep watches: saved queries that tell of new statements, or of wording that differs between captures.

    They look after every `add` and `watch`, and with `run`. What is in the archive when a watch is made is not told of,
    nothing is told twice, and what was withdrawn meanwhile is not told.
    """
    Archive.open(path).close()
    if action == "run":
        return tell_of_news(path, allowed)
    if action == "list":
        with Notebook(folder_of(path)) as notebook:
            write_lines(map(_told, notes.watches(notebook)))
        return DONE
    if not name:
        raise BadValue("name", name, f"which watch to {action}")
    match action:
        case "add":
            _add(path, name, said)
        case "preview":
            _preview(path, name)
        case _:
            with Notebook(folder_of(path)) as notebook:
                notes.remove(notebook, name)
    return DONE


def _add(path: Place, name: str, said: dict[str, Any]) -> None:
    from stemma import sending  # noqa: PLC0415 - loads every room

    wanted = Watch(row=0, name=name, secret="", by="", at=now(), **said)
    secret = sending.make(path, wanted)
    if wanted.channel == "feed":
        write_lines([f"/feed/{secret}.atom"])
        tell("Whoever knows this address reads the feed where the archive is served; keep it to yourself.")


def _told(watch: Watch) -> str:
    where = f"/feed/{watch.secret}.atom" if watch.channel == "feed" else watch.target
    often = "" if watch.digest == "none" else f", {watch.digest}"
    least = f", from {watch.least} on" if watch.least > 1 else ""
    return one_line(
        f"{watch.name}: {watch.query or 'everything'}; {watch.change}{least}{often}; {watch.channel} {where}"
    )


def _preview(path: Place, name: str) -> None:
    from stemma.show import notices  # noqa: PLC0415 - the other verbs start without it
    from stemma.show.notices.forms import told  # noqa: PLC0415 - the same

    with Archive.open(path) as archive, Notebook(folder_of(path)) as notebook:
        found = notices.preview(archive, notes.named(notebook, name))
    for number, message in enumerate(found.messages, 1):
        write_lines([f"message {number}, {message[-1].at}: {counted(len(message), 'statements')}"])
        write_lines(f"  {told(item)}" for item in message)
    if found.last is None:
        tell("Nothing that it finds is dated.")
    else:
        what = f"{counted(len(found.messages), 'messages')} in the {notices.DAYS} days up to {found.last}"
        tell(f"{what}, the newest day of what it finds{' (the newest 500 alone)' if found.more else ''}.")


def tell_of_news(path: Place, allowed: Sequence[str] = (), contact: str | None = None) -> int:
    """Let the watches look and send; what became of each message goes to stderr. Nothing where nobody keeps one."""
    if not (folder_of(path) / NAME).is_file():
        return DONE
    with Notebook(folder_of(path)) as notebook:
        if not notes.watches(notebook):
            return DONE
    from stemma import sending  # noqa: PLC0415 - loads every room
    from stemma.collect.web.settings import asking  # noqa: PLC0415 - loads HTTP and TLS

    status = DONE
    for sent in sending.run(path, asking(contact, allowed)):
        what = f"Watch {sent.watch}: {counted(sent.items, 'statements')}"
        tell(one_line(f"{what} not sent: {sent.failure}; tried again later" if sent.failure else f"{what} sent."))
        status = WITH_PROBLEMS if sent.failure else status
    sys.stderr.flush()
    return status
