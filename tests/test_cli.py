from __future__ import annotations

import pytest

from geodash.cli import main
from geodash.codebook import END, START, codebook
from tiny import TABLES, write_case

TEXT = "Two leaders meet\nBoth want the line.\nBirch asks to drop the plan.\n"


def test_a_sound_case_ends_with_0_and_says_what_it_has(tmp_path, capsys):
    write_case(tmp_path)
    assert main(["check", str(tmp_path)]) == 0
    assert capsys.readouterr().out == (
        "No problems in “Two leaders meet”: 2 sources, 5 actors, 2 issues, 5 positions, 1 event, "
        "1 document, 2 pipelines and 4 figures.\n"
    )


def test_a_broken_case_ends_with_1_and_says_all_that_is_wrong(tmp_path, capsys):
    write_case(
        tmp_path,
        positions=TABLES["positions"].replace("peace,-2", "peas,-2"),
        figures=TABLES["figures"].replace("50,bcm/yr", "50,"),
    )
    assert main(["check", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert told.startswith(
        "positions, row 4, column issue\n"
        "  rule     must be an id of issues\n"
        "  found    “peas”\n"
        "  to mend  write “peace” if that is meant, or add “peas” to issues.csv\n"
        "\n"
        "figures, row 2, column unit\n"
    )
    assert told.endswith("\n2 problems.\n")


@pytest.mark.parametrize("command", [["check"], ["serve"], ["verify", "--text", "paper={text}"]])
def test_no_case_ends_with_1_and_the_same_words(tmp_path, capsys, command):
    (tmp_path / "text").write_text(TEXT, "utf-8")
    arguments = [part.format(text=tmp_path / "text") for part in command]
    assert main([*arguments, str(tmp_path / "nowhere")]) == 1
    told = "".join(capsys.readouterr())
    assert "a case is a folder with a datapackage.json" in told
    assert "found" in told


def test_quotations_that_stand_end_with_0(tmp_path, capsys):
    write_case(tmp_path / "case")
    (tmp_path / "text").write_text(TEXT, "utf-8")
    assert main(["verify", str(tmp_path / "case"), "--text", f"paper={tmp_path / 'text'}"]) == 0
    assert capsys.readouterr().out == "1 of 1 quotations stand in the paragraph they name.\n"


def test_quotations_that_do_not_stand_end_with_1(tmp_path, capsys):
    write_case(tmp_path / "case")
    (tmp_path / "text").write_text(TEXT.replace("drop", "change"), "utf-8")
    assert main(["verify", str(tmp_path / "case"), "--text", f"paper={tmp_path / 'text'}"]) == 1
    told = capsys.readouterr().out
    assert "found    “drop the plan”, which is not in paragraph 3 of 3" in told
    assert told.endswith("\n0 of 1 quotations stand in the paragraph they name.\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["chek"], "invalid choice: 'chek'"),
        (["check", "{case}", "more"], "unrecognized arguments: more"),
        (["verify", "{case}"], "name a file that `geodash brief` wrote"),
        (["verify", "{text}"], "is no export of geodash: it carries no manifest"),
        (["brief", "{case}", "--date", "24.11.2026"], "a date must have the form YYYY-MM-DD"),
        (["brief", "{case}", "--charts", "pie"], "a chart must be one of stances, route"),
        (
            ["brief", "{case}", "--format", "pie"],
            "a format must be one of html, ",
        ),
        (["brief", "{case}", "--filter", "country=ZZZ"], "the country “ZZZ”, which this case does"),
        (["brief", "{case}", "--filter", "unit=barrel"], "gas in “barrel”; it can be in bcm"),
        (["verify", "{case}", "--text", "paper"], "must have the form SOURCE_ID=FILE"),
        (["verify", "{case}", "--text", "paper=nowhere"], "cannot read “nowhere”"),
        (["verify", "{case}", "--text", "paper={latin}"], "cannot read"),
        (["verify", "{case}", "--text", "papre={text}"], "this case has no source “papre”"),
        (["codebook", "--write", "nowhere"], "cannot write into “nowhere”"),
        (["codebook", "--write", "{text}"], "a page with a codebook must have"),
    ],
)
def test_wrong_use_ends_with_2_and_says_why(tmp_path, monkeypatch, capsys, arguments, told):
    write_case(tmp_path / "case")
    (tmp_path / "text").write_text(TEXT, "utf-8")
    (tmp_path / "latin").write_text("Fluß", "latin-1")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as end:
        main([argument.format(case="case", text="text", latin="latin") for argument in arguments])
    assert end.value.code == 2
    assert told in capsys.readouterr().err


def test_the_codebook_is_printed_or_written_into_a_page(tmp_path, capsys):
    assert main(["codebook"]) == 0
    assert capsys.readouterr().out == codebook()
    page = tmp_path / "README.md"
    page.write_text(f"# Data\n\n{START}\n{END}\n", "utf-8")
    assert main(["codebook", "--write", str(page)]) == 0
    assert codebook() in page.read_text("utf-8")


@pytest.mark.browser
def test_a_briefing_is_written_listed_and_verified(tmp_path, capsys):
    case, out = write_case(tmp_path / "case"), tmp_path / "out"
    asked = ["--charts", "stances,figures", "--format", "html,md,csv", "--date", "2026-11-24"]
    assert main(["brief", str(case), *asked, "-o", str(out)]) == 0
    told, progress = (text.splitlines() for text in capsys.readouterr())
    assert progress[0] == "  0 %  HTML: writing"
    assert progress[-1] == " 66 %  Tables (CSV): writing"
    assert told == [str(out / name) for name in (
        "briefing.html", "briefing.md", "briefing-stances.png", "briefing-figures.png",
        "briefing-rows.csv", "briefing-sources.csv",
        "briefing-datapackage.json",
    )]  # fmt: skip
    for name in ("briefing.html", "briefing.md", "briefing-rows.csv", "briefing-datapackage.json"):
        assert main(["verify", str(out / name), "--case", str(case)]) == 0
        assert "Of its 8 rows, 8 are as they were in tiny 1.0.0." in capsys.readouterr().out
    write_case(tmp_path / "case", figures=TABLES["figures"].replace("50,bcm/yr", "51,bcm/yr"))
    assert main(["verify", str(out / "briefing.md"), "--case", str(case)]) == 1
    told = capsys.readouterr().out
    assert told.startswith("figures/f1: changed\n")
    assert "7 are as they were" in told


def test_a_briefing_does_not_overwrite_unless_it_is_told_to(tmp_path, capsys):
    asked = ["brief", str(write_case(tmp_path / "case")), "--format", "md", "-o", str(tmp_path)]
    assert main(asked) == 0
    with pytest.raises(SystemExit) as ended:
        main(asked)
    assert ended.value.code == 2
    assert "is there already" in capsys.readouterr().err
    assert main([*asked, "--force"]) == 0
