"""LibreOffice, which opens what the tests write for PowerPoint and Word.

`python tests/office.py` installs it where that takes no more than a command: on Debian, as root.
Elsewhere the tests that need it are left out, unless it is there.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from chromium import debian_root

INSTALL = ["apt-get", "install", "--yes", "--no-install-recommends"]
PARTS = ["libreoffice-impress", "libreoffice-writer"]


def to_pdf(file: Path) -> Path:
    """Have LibreOffice print a document into a PDF beside it."""
    profile = (file.parent / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", file.parent, file], check=True, capture_output=True, timeout=180
    )
    return file.with_suffix(".pdf")


def main() -> int:
    """See to it that there is LibreOffice, if that is easy."""
    if shutil.which("soffice") or not debian_root():
        return 0
    print("Installing LibreOffice, to open what is written for PowerPoint and Word.", flush=True)
    if subprocess.run([*INSTALL, *PARTS], check=False, capture_output=True).returncode:
        print("It could not be installed; the tests that need it are left out.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
