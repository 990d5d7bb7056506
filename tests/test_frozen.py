"""What an export was made of, compared with a case."""

import json
from dataclasses import replace

import pytest

from geodash.frozen import Manifest, changes, digest_of, digests, read_manifest
from tiny import TABLES, tiny

REFS = ["positions/p1", "figures/f1"]


def manifest_of(case):
    return Manifest(
        "tiny", "1", digest_of(case), "", "2026-11-24", "geodash", {}, digests(case, REFS)
    )


def test_the_same_rows_have_not_changed(tmp_path):
    made = manifest_of(tiny(tmp_path / "a"))
    assert set(made.rows) == set(REFS)
    assert changes(made, tiny(tmp_path / "b")) == {}


@pytest.mark.parametrize(
    ("tables", "found"),
    [
        (
            {"figures": TABLES["figures"].replace("50,bcm/yr", "51,bcm/yr")},
            {"figures/f1": "changed"},
        ),
        (
            {"positions": TABLES["positions"].replace("p1,joint", "p9,joint")},
            {"positions/p1": "gone"},
        ),
        # What a row was read in belongs to it.
        (
            {"sources": TABLES["sources"].replace("2023-03-22", "2023-03-23")},
            {"positions/p1": "changed", "figures/f1": "changed"},
        ),
        # What the export does not show may change.
        ({"figures": TABLES["figures"].replace("15.5,bcm", "15.6,bcm")}, {}),
    ],
)
def test_rows_that_changed_or_are_gone_are_named(tmp_path, tables, found):
    made = manifest_of(tiny(tmp_path / "a"))
    now = tiny(tmp_path / "b", **tables)
    assert changes(made, now) == found
    assert digest_of(now) != made.digest


def test_a_manifest_is_found_in_each_kind_of_file(tmp_path):
    made = replace(manifest_of(tiny(tmp_path / "a")), query="words=</script>-->")
    text = made.to_json()
    assert "</script>" not in text
    assert "--" not in text
    for name, around in {
        "a.html": f'<script type="application/json" id="geodash-manifest">{text}</script>',
        "a.md": f"<!-- geodash-manifest {text} -->",
        "a.json": json.dumps({"geodash": json.loads(text)}),
    }.items():
        (tmp_path / name).write_text(around, "utf-8")
        assert read_manifest(tmp_path / name) == made


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("other.md", "nothing"),
        ("other.md", "<!-- geodash-manifest {broken} -->"),
        ("other.json", "{}"),
        ("other.json", "["),
        ("other.xlsx", "no workbook"),
    ],
)
def test_another_file_is_refused(tmp_path, name, text):
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(ValueError, match="manifest"):
        read_manifest(tmp_path / name)
