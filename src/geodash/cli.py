"""The `geodash` command: it reads the arguments and makes one library call per command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from geodash.case import Case, load
from geodash.checks import check
from geodash.codebook import codebook, renewed
from geodash.problems import CaseError, Problem
from geodash.serve import LAST_PORT, PORT, serve
from geodash.verify import quotations, verify
from geodash.wording import counted, listed

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
        "verify", help="prove that quotations stand in the paragraphs they name"
    )
    _add_case(command)
    command.add_argument(
        "--text",
        metavar="SOURCE_ID=FILE",
        type=_text,
        action="append",
        required=True,
        help="a source and a file with its text; may be given several times",
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
