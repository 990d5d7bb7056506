"""Write files whole or not at all, and never over what was there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_all(folder: Path, files: Mapping[str, str | bytes], *, force: bool = False) -> list[Path]:
    """Write files into a folder: all of them, or none if one cannot be written.

    Parameters
    ----------
    folder
        Is made if it is not there.
    files
        Texts, or bytes, by plain file names.
    force
        Whether files of the same names are overwritten.

    Returns
    -------
    list
        The files written.

    Raises
    ------
    ValueError
        If a name is more than a file name.
    FileExistsError
        If a file is there already and `force` was not asked for; nothing is written then.
    """
    for name in files:
        if Path(name).name != name or name in {"", ".", ".."}:
            raise ValueError(f"a file must have a plain name; found “{name}”")
    there = [name for name in files if (folder / name).exists()]
    if there and not force:
        raise FileExistsError(
            f"“{folder / there[0]}” is there already; choose another folder, or overwrite it "
            "with --force"
        )
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as waiting:
        for name, content in files.items():
            given = content if isinstance(content, bytes) else content.encode()
            (Path(waiting) / name).write_bytes(given)
        for name in files:
            os.replace(Path(waiting) / name, folder / name)
    return [folder / name for name in files]
