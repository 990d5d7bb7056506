"""The `geodash` command: it reads the arguments and makes one library call per command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from geodash.case import Case, load
from geodash.checks import check
from geodash.codebook import codebook, renewed
from geodash.filters import Filters
from geodash.frozen import changes, read_manifest
from geodash.problems import CaseError, Problem
from geodash.serve import LAST_PORT, PORT, serve
from geodash.units import from_query
from geodash.verify import quotations, verify
from geodash.wording import counted, listed, written_date

#: Tables whose rows are counted for a case without problems, and what a row is.
COUNTED = {
    "sources": "source",
    "actors": "actor",
    "issues": "issue",
    "positions": "position",
    "events": "event",
    "documents": "document",
    "infrastructure": "pipeline",
    "figures": "figure",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the `geodash` command.

    Parameters
    ----------
    argv
        Arguments without the program's name; those of the process if none are given.

    Returns
    -------
    int
        Exit code: 0 all is well, 1 the case has problems. Wrong use exits with 2.
    """
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except CaseError as error:
        print(error, file=sys.stderr)
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="geodash", description="Who stands where, on what.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_serve(commands)
    _add_check(commands)
    _add_verify(commands)
    _add_brief(commands)
    _add_codebook(commands)
    return parser


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("serve", help="show a case as a dashboard in the browser")
    _add_case(command)
    command.add_argument(
        "--port",
        type=_port,
        default=PORT,
        help="where to serve; the next free port if it is taken (default: %(default)s)",
    )
    command.set_defaults(run=lambda arguments: serve(arguments.case, port=arguments.port))


def _port(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= LAST_PORT:
        return int(text)
    raise argparse.ArgumentTypeError(f"a port is a number from 1 to {LAST_PORT}, not “{text}”")


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("check", help="find everything that is wrong with a case")
    _add_case(command)
    command.set_defaults(run=_check)


def _check(arguments: argparse.Namespace) -> int:
    problems = check(arguments.case)
    if problems:
        print(_written(problems))
        return 1
    case = load(arguments.case)
    print(f"No problems in “{case.title}”: {_contents(case)}.")
    return 0


def _add_verify(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "verify",
        help="prove that quotations stand where they say, or an export is what the case has",
    )
    command.add_argument(
        "case",
        metavar="CASE_OR_EXPORT",
        nargs="?",
        type=Path,
        help="folder of a case, with --text, or a file that `geodash brief` wrote (default: ours)",
    )
    command.add_argument(
        "--text",
        metavar="SOURCE_ID=FILE",
        type=_text,
        action="append",
        help="a source and a file with its text; may be given several times",
    )
    command.add_argument(
        "--case",
        dest="against",
        metavar="CASE",
        type=Path,
        help="the case to compare an export with (default: ours)",
    )
    command.set_defaults(run=partial(_verify, command))


def _text(argument: str) -> tuple[str, str]:
    source, given, file = argument.partition("=")
    if not given:
        raise argparse.ArgumentTypeError(f"“{argument}” must have the form SOURCE_ID=FILE")
    try:
        return source, Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise argparse.ArgumentTypeError(f"cannot read “{file}”: {error}") from error


def _verify(command: argparse.ArgumentParser, arguments: argparse.Namespace) -> int:
    if arguments.case and arguments.case.is_file():
        return _verify_export(command, arguments)
    if not arguments.text:
        command.error("name a file that `geodash brief` wrote, or the text of a source by --text")
    case, texts = load(arguments.case), dict(arguments.text)
    try:
        problems = verify(case, texts)
    except KeyError as error:
        command.error(error.args[0])
    if problems:
        print(_written(problems), end="\n\n")
    count = len(quotations(case, texts))
    standing = count - len(problems)
    print(f"{standing} of {count} quotations stand in the paragraph they name.")
    return 1 if problems else 0


def _verify_export(command: argparse.ArgumentParser, arguments: argparse.Namespace) -> int:
    try:
        manifest = read_manifest(arguments.case)
    except ValueError as error:
        command.error(str(error))
    case = load(arguments.against)
    found = changes(manifest, case)
    for ref, change in found.items():
        print(f"{ref}: {change}")
    count = counted(len(manifest.rows), "row")
    print(
        f"Made by {manifest.software} from {manifest.case} {manifest.version}, as of "
        f"{written_date(manifest.as_of)}. Of its {count}, {len(manifest.rows) - len(found)} are "
        f"as they were in {case.name} {case.version}."
    )
    return 1 if found else 0


def _add_brief(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("brief", help="write charts with their sources as a briefing")
    _add_case(command)
    command.add_argument(
        "--filter", metavar="QUERY", default="", help="as in the page's address: country=CHN&…"
    )
    command.add_argument(
        "--charts",
        metavar="NAMES",
        type=_names,
        help="short names with commas between (default: all, in the order of the page)",
    )
    command.add_argument(
        "--format",
        metavar="NAMES",
        dest="formats",
        type=_names,
        default=["html"],
        help="html, pptx, docx, pdf, md, svg, png, embed, xlsx or csv; several with commas between "
        "(default: html)",
    )
    command.add_argument("--title", default="", help="title (default: that of the case)")
    command.add_argument("--author", default="", help="author line")
    command.add_argument(
        "--date", type=_day, help="day of the briefing, as YYYY-MM-DD (default: today)"
    )
    command.add_argument(
        "--template", metavar="FILE", type=Path, help="PowerPoint file whose looks slides take over"
    )
    command.add_argument(
        "--url", default="", help="address of the folder in which code to embed will stand"
    )
    command.add_argument(
        "-o", "--output", metavar="DIR", type=Path, default=Path(), help="folder to write into"
    )
    command.add_argument("--force", action="store_true", help="overwrite what is there")
    command.set_defaults(run=partial(_brief, command))


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"a date must have the form YYYY-MM-DD; found “{text}”"
        ) from None


def _brief(command: argparse.ArgumentParser, arguments: argparse.Namespace) -> int:
    # The charts take half a second to import, too long for the other commands.
    from geodash.briefing import Briefing

    case = load(arguments.case)
    filters, problems = Filters.from_query(arguments.filter, case)
    unit, unknown = from_query(arguments.filter)
    for problem in (*problems, *unknown):
        command.error(problem)
    briefing = Briefing(
        case,
        filters,
        title=arguments.title,
        author=arguments.author,
        as_of=arguments.date,
        unit=unit,
    )
    try:
        briefing.add(*(arguments.charts or briefing.offered))
        written = briefing.write(
            arguments.output,
            formats=arguments.formats,
            template=arguments.template,
            url=arguments.url,
            force=arguments.force,
            progress=_told,
        )
    except (OSError, ValueError) as error:
        command.error(str(error))
    for file in written:
        print(file)
    return 0


def _told(what: str, done: int, total: int) -> None:
    print(f"{done * 100 // total:3} %  {what}", file=sys.stderr)


def _add_codebook(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("codebook", help="print what each table and column holds")
    command.add_argument(
        "--write",
        metavar="FILE",
        type=Path,
        help="put it into this Markdown file, between its two codebook comments",
    )
    command.set_defaults(run=partial(_codebook, command))


def _codebook(command: argparse.ArgumentParser, arguments: argparse.Namespace) -> int:
    if arguments.write is None:
        print(codebook(), end="")
        return 0
    try:
        page = renewed(arguments.write.read_text("utf-8"))
        arguments.write.write_text(page, "utf-8")
    except (OSError, ValueError) as error:
        command.error(f"cannot write into “{arguments.write}”: {error}")
    return 0


def _written(problems: Sequence[Problem]) -> str:
    blocks = [
        f"{problem.place}\n"
        f"  rule     {problem.rule}\n"
        f"  found    {problem.found}\n"
        f"  to mend  {problem.mend}\n"
        for problem in problems
    ]
    return "\n".join([*blocks, f"{counted(len(problems), 'problem')}."])


def _contents(case: Case) -> str:
    return listed([counted(len(getattr(case, table)), row) for table, row in COUNTED.items()])


def _add_case(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "case", metavar="CASE", nargs="?", type=Path, help="folder of the case (default: ours)"
    )
