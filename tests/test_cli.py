"""The command: what it prints where, and with which exit code."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extractor import Brief, __version__
from tests.conftest import FILING, Itemone

COMMANDS = ["brief", "batch", "text", "check", "claims", "schema", "settings"]
ITEMONE = [sys.executable, "-m", "extractor"]


def test_brief_prints_one_line_of_prose(itemone: Itemone, filing: Path, record: Brief) -> None:
    run = itemone("brief", filing)
    assert (run.code, run.out, run.err) == (0, record.narrative.text + "\n", "")


def test_brief_as_json_is_the_record_in_the_same_bytes_each_time(itemone: Itemone, filing: Path, record: Brief) -> None:
    first, second = (itemone("brief", filing, "--format", "json").out for _ in range(2))
    assert first == second
    assert Brief.model_validate_json(first) == record
    assert first.startswith('{\n "schema_version": "1",\n "document": {\n')


def test_brief_reads_standard_input(itemone: Itemone, filing: Path) -> None:
    run = itemone("brief", "-", stdin=filing.read_bytes())
    assert run.out == itemone("brief", filing).out
    named = json.loads(itemone("brief", "-", "--format", "json", stdin=filing.read_bytes()).out)
    assert named["document"]["name"] == "stdin"


def test_brief_keeps_the_budget_asked_for(itemone: Itemone, filing: Path) -> None:
    short = json.loads(itemone("brief", filing, "--format", "json", "--max-tokens", "40").out)["narrative"]
    assert short["max_tokens"] == 40
    assert short["tokens"] <= 40
    assert short["omitted"]


def test_output_goes_to_the_file_alone(itemone: Itemone, filing: Path, tmp_path: Path) -> None:
    target = tmp_path / "brief.json"
    target.write_text("what stood there before")
    target.chmod(0o640)
    run = itemone("brief", filing, "--format", "json", "-o", target)
    assert (run.code, run.out, run.err) == (0, "", "")
    assert Brief.model_validate_json(target.read_bytes()).document.name == filing.name
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bramblewick.txt", "brief.json"]


def test_output_through_a_link_changes_the_file_it_points_at(itemone: Itemone, filing: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "brief.txt", tmp_path / "link.txt"
    link.symlink_to(target)
    assert itemone("brief", filing, "--output", link).code == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").endswith(".\n")


TEMPLATES = Path(__file__).parents[1] / "templates"


def test_templates_of_ones_own_take_the_place_of_the_shipped(itemone: Itemone, filing: Path, tmp_path: Path) -> None:
    own = shutil.copytree(TEMPLATES, tmp_path / "own")
    assert itemone("brief", filing, "--templates", own).out == itemone("brief", filing).out


@pytest.mark.parametrize("broken", ["{% if %}", "{{ nothing.at.all }}"], ids=["syntax", "unknown-name"])
def test_templates_that_cannot_be_used_are_wrong_usage(
    broken: str, itemone: Itemone, filing: Path, tmp_path: Path
) -> None:
    own = shutil.copytree(TEMPLATES, tmp_path / "own")
    for template in own.glob("*.j2"):
        template.write_text(broken)
    run = itemone("brief", filing, "--templates", own)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("itemone: template ")
    assert run.err.count("\n") == 1


def test_the_filing_is_never_overwritten(itemone: Itemone, filing: Path) -> None:
    run = itemone("brief", filing, "-o", filing)
    assert run.code == 2
    assert "the output is the filing itself" in run.err
    assert filing.read_text(encoding="utf-8") == FILING


def test_text_is_what_the_record_says_it_is(itemone: Itemone, filing: Path) -> None:
    filing.write_bytes(FILING.replace("\n", "\r\n").encode())
    text = itemone("text", filing).out
    assert text == FILING
    stated = json.loads(itemone("brief", filing, "--format", "json").out)["document"]
    assert stated["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert stated["length"] == len(text)


def test_check_says_in_one_line_that_all_holds(itemone: Itemone, filing: Path, tmp_path: Path) -> None:
    target = tmp_path / "brief.json"
    itemone("brief", filing, "--format", "json", "-o", target)
    run = itemone("check", target, "--source", filing)
    assert (run.code, run.out, run.err) == (0, "brief.json: all holds\n", "")


def test_check_prints_a_line_for_each_finding(itemone: Itemone, filing: Path, tmp_path: Path) -> None:
    target = tmp_path / "brief.json"
    record = json.loads(itemone("brief", filing, "--format", "json").out)
    record["narrative"]["tokens"] += 1
    record["document"]["length"] += 1
    target.write_text(json.dumps(record))
    run = itemone("check", target, "--source", "-", stdin=filing.read_bytes())
    assert run.code == 1
    assert [line.split(": ")[:2] for line in run.out.splitlines()] == [
        ["document.length", "document"],
        ["narrative.tokens", "tokens"],
    ]


def test_claims_are_judged_line_by_line(itemone: Itemone) -> None:
    quote = "Net sales were $48.2 million in fiscal 1998."
    lines = [
        {"id": "a", "statement": "Net sales were $48.2 million in fiscal 1998.", "quote": quote},
        {"id": "b", "statement": "Net sales were $84.2 million in fiscal 1998.", "quote": quote},
    ]
    run = itemone("claims", "-", stdin="\n".join(map(json.dumps, lines)).encode())
    first, second = map(json.loads, run.out.splitlines())
    assert run.code == 0
    assert first == {"id": "a", "supported": True, "reasons": []}
    assert (second["id"], second["supported"]) == ("b", False)
    assert second["reasons"][0]["code"] == "figure_not_in_quote"


def test_schema_is_the_records(itemone: Itemone) -> None:
    assert json.loads(itemone("schema").out) == Brief.model_json_schema()


def test_version(itemone: Itemone) -> None:
    assert itemone("--version").out == f"itemone {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_shows_an_example(command: str, itemone: Itemone) -> None:
    run = itemone(command, "--help")
    assert run.code == 0
    assert "Example:" in run.out


def test_the_readme_names_every_command_and_option(itemone: Itemone) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    assert [command for command in COMMANDS if f"`itemone {command}" not in readme] == []
    told = itemone("brief", "--help").out + itemone("batch", "--help").out
    options = set(re.findall(r"--[a-z-]+", told)) - {"--help", "--output"}
    assert [option for option in sorted(options) if option not in readme] == []


def test_help_names_the_exit_codes(itemone: Itemone) -> None:
    out = itemone("--help").out
    for line in ["0 done", "1 check found something", "2 wrong usage", "3 a file that cannot be read", "4 trouble"]:
        assert line in out


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["brief"], id="no-file"),
        pytest.param(["nothing"], id="no-such-command"),
        pytest.param(["brief", "FILE", "--max-tokens", "31"], id="budget-too-small"),
        pytest.param(["brief", "FILE", "--max-tokens", "many"], id="budget-no-number"),
        pytest.param(["brief", "FILE", "--format", "xml"], id="no-such-format"),
        pytest.param(["brief", "FILE", "--encoding", "o200k"], id="no-such-encoding"),
        pytest.param(["brief", "FILE", "--templates", "/no/such/folder"], id="no-such-templates"),
        pytest.param(["check", "FILE"], id="no-source"),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], itemone: Itemone, filing: Path) -> None:
    run = itemone(*[str(filing) if argument == "FILE" else argument for argument in arguments])
    assert (run.code, run.out) == (2, "")
    assert "Traceback" not in run.err
    assert run.err


@pytest.mark.skipif(os.name != "posix", reason="pipes as a shell makes them")
@pytest.mark.parametrize("arguments", [["schema"], ["text", "FILE"], ["brief", "FILE", "--format", "json"]])
def test_a_closed_pipe_is_quiet(arguments: list[str], filing: Path) -> None:
    filing.write_text(FILING + "\n\n" + "The Company sells shears.\n" * 20_000)
    command = [*ITEMONE, *[str(filing) if argument == "FILE" else argument for argument in arguments]]
    reading, writing = os.pipe()
    os.close(reading)
    run = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (run.returncode, run.stderr) == (141, b"")


def test_an_interrupt_is_quiet_and_leaves_nothing_behind(
    itemone: Itemone, filing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)  # the last step: the file is written beside its place by then
    run = itemone("brief", filing, "-o", tmp_path / "brief.txt")
    assert (run.code, run.out, run.err) == (130, "", "")
    assert list(tmp_path.iterdir()) == [filing]
