"""The verb that goes on asking: watch."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from stemma.archive import Place, folder_of, is_there, shown
from stemma.cli.flags import DONE, WITH_PROBLEMS, Verb, archive_option, json_option, tell, wants_json, write_lines
from stemma.cli.serving.watches import tell_of_news
from stemma.show.plain import one_line


@click.command(
    cls=Verb,
    short_help="Ask feeds, sitemaps and pages again and again.",
    epilog="""stemma watch sources.toml
    stemma watch sources.toml --once --contact desk@orvo.example
    stemma watch sources.toml --status""",
)
@click.argument("file", metavar="SOURCES.toml", type=click.Path(path_type=Path))
@click.option("--once", is_flag=True, help="Ask for what is due now, then end; for cron.")
@click.option("--status", is_flag=True, help="Tell how each source stands; nothing is asked.")
@click.option("--contact", envvar="STEMMA_CONTACT", help="Told to servers: who asks; $STEMMA_CONTACT where it is set.")
@click.option(
    "--allow-host", "allowed", metavar="HOST", multiple=True,
    help="Fetch from this host though it is on a private network; for a lab, may be repeated.",
)  # fmt: skip
@json_option
@archive_option
def watch(file: Path, path: Place, *, as_json: bool | None, **said: Any) -> int:  # noqa: ANN401 - click's options by name
    """Ask for the feeds, sitemaps and pages of a file on their own rhythm, and add what is new or changed.

    Politely: robots.txt and Crawl-delay are followed, a server that has enough is left alone as long as it asks. What
    could not be had is "not observed", never "removed". It may be interrupted: the same command goes on from there.
    """
    from stemma.collect.watch.plan import read_plan  # noqa: PLC0415 - the other verbs start without it

    plan = read_plan(file)
    json = wants_json(as_json)
    if said["status"]:
        return _tell_standing(path, json=json)
    from stemma.collect.web.settings import asking  # noqa: PLC0415 - loads HTTP and TLS
    from stemma.watching import watch as rounds  # noqa: PLC0415 - loads every room

    missed = 0
    for seen in rounds(path, plan, asking(said["contact"] or plan.contact, said["allowed"]), once=said["once"]):
        write_lines(_lines(seen, json=json))
        sys.stdout.flush()
        missed += sum(each.outcome.name == "not observed" for each in seen)
        tell_of_news(path, said["allowed"], said["contact"] or plan.contact)
    return WITH_PROBLEMS if missed else DONE


def _lines(seen: list, *, json: bool) -> list[str]:  # type: ignore[type-arg]  # Seen is loaded with HTTP
    if json:
        return [
            msgspec.json.encode({"address": each.address, "at": each.at, **each.outcome._asdict()}).decode()
            for each in seen
        ]
    return [f"{each.at}  {each.outcome.name:<12}  {_note(each)}" for each in seen if each.outcome.name != "same"]


def _note(each) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001 - as above
    note = f"  {each.outcome.note}" if each.outcome.note else ""
    return one_line(f"{each.address}{note}")


def _tell_standing(path: Place, *, json: bool) -> int:
    from stemma.collect.watch.state import State  # noqa: PLC0415 - the other verbs start without it

    if not is_there(path):
        tell(f"{shown(path)} is not an archive yet; start the watch with: stemma watch SOURCES.toml")
        return WITH_PROBLEMS
    with State(folder_of(path)) as state:
        rows = state.standing()
    if json:
        write_lines(msgspec.json.encode(each._asdict()).decode() for each in rows)
        return DONE
    for each in rows:
        due = datetime.fromtimestamp(each.due, UTC).strftime("%Y-%m-%d %H:%M UTC") if each.due else "never"
        failing = f", {each.failing} not observed the last time" if each.failing else ""
        write_lines([f"{one_line(each.source)}: {each.observed} of {each.pages} pages observed{failing}; next: {due}"])
    return DONE
