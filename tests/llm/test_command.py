"""The command with a model: options, settings, cache, exit codes; and the key, which is nowhere to be found."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from diskcache import Cache, JSONDisk

from extractor import Settings, UsageError, llm
from extractor.cli import app
from tests.conftest import Itemone
from tests.llm.conftest import FALSE, GOOD, KEY
from tests.llm.server import Answer, Reply, ScriptedServer, Step, error, facts

FINE = facts(*GOOD)


def test_a_named_model_is_asked_and_the_paragraph_printed(itemone: Itemone, filing: Path) -> None:
    with ScriptedServer(FINE) as server:
        run = itemone("brief", filing, "--model", "llama3.3", "--base-url", server.url)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("Bramblewick Tools, Inc., headquartered in Dayton, Ohio, designs")
    assert server.requests[0]["model"] == "llama3.3"


def test_the_record_of_a_model_checks(itemone: Itemone, filing: Path, tmp_path: Path) -> None:
    with ScriptedServer(FINE) as server:
        itemone(
            "brief", filing, "--model", "m", "--base-url", server.url, "--format", "json", "-o", tmp_path / "b.json"
        )
    assert json.loads((tmp_path / "b.json").read_text())["engine"]["name"] == "llm"
    assert itemone("check", tmp_path / "b.json", "--source", filing).code == 0


def test_a_key_alone_asks_for_nothing(itemone: Itemone, filing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedServer(FINE) as server:
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        monkeypatch.setenv("ITEMONE_BASE_URL", server.url)
        Path(".env").write_text(f"ITEMONE_API_KEY={KEY}\n")
        run = itemone("brief", filing, "--format", "json")
    assert json.loads(run.out)["engine"] == {"name": "offline", "version": json.loads(run.out)["engine"]["version"]}
    assert server.requests == []


@pytest.mark.parametrize("place", ["environment", ".env"])
def test_a_model_named_by_a_setting_is_asked(
    place: str, itemone: Itemone, filing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedServer(FINE) as server:
        named = {"ITEMONE_MODEL": "m", "ITEMONE_BASE_URL": server.url, "OPENAI_API_KEY": KEY}
        if place == ".env":
            Path(".env").write_text("".join(f"{name}={value}\n" for name, value in named.items()))
        else:
            for name, value in named.items():
                monkeypatch.setenv(name, value)
        assert itemone("brief", filing).code == 0
        assert len(server.requests) == 1
        monkeypatch.setenv("ITEMONE_MODEL", "")  # back to the offline engine, for once
        assert itemone("brief", filing).code == 0
    assert len(server.requests) == 1


def test_settings_are_shown_with_the_key_masked(itemone: Itemone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("ITEMONE_MODEL", "m")
    monkeypatch.setenv("ITEMONE_BASE_URL", "https://user:password@example.com/v1?token=abc")
    run = itemone("settings")
    assert run.code == 0
    lines = dict(line.split("=", 1) for line in run.out.splitlines())
    assert lines["ITEMONE_MODEL"] == "m"
    assert lines["ITEMONE_API_KEY"] == "****"
    assert lines["ITEMONE_BASE_URL"] == "https://****@example.com/v1"
    assert set(lines) == {f"ITEMONE_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize(
    ("name", "value"),
    [("ITEMONE_RETRIES", "many"), ("ITEMONE_TIMEOUT", "0"), ("ITEMONE_TIMEOUT", "3601"), ("ITEMONE_PASSES", "3")],
)
def test_a_setting_that_cannot_be_is_wrong_usage(
    name: str, value: str, itemone: Itemone, filing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    run = itemone("brief", filing, "--model", "m", "--base-url", "http://127.0.0.1:9/v1")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"itemone: {name}: ")


@pytest.mark.parametrize("url", ["127.0.0.1:11434", "ftp://host/v1", "http://", "http://host:port/v1"])
def test_an_address_that_cannot_be_is_wrong_usage(url: str, itemone: Itemone, filing: Path) -> None:
    run = itemone("brief", filing, "--model", "m", "--base-url", url)
    assert (run.code, run.out) == (2, "")
    assert "http://127.0.0.1:11434/v1" in run.err


def test_openai_is_not_asked_without_a_key(itemone: Itemone, filing: Path) -> None:
    run = itemone("brief", filing, "--model", "gpt-5.4-mini")
    assert (run.code, run.out) == (2, "")
    assert "OPENAI_API_KEY" in run.err


def test_no_model_no_engine() -> None:
    with pytest.raises(UsageError, match="ITEMONE_MODEL"):
        llm(Settings())


def test_trouble_is_exit_code_4_in_one_line_and_writes_nothing(itemone: Itemone, filing: Path, tmp_path: Path) -> None:
    with ScriptedServer(error(401, "Incorrect API key provided")) as server:
        target = tmp_path / "out.json"
        run = itemone("brief", filing, "--model", "m", "--base-url", server.url, "-o", target)
    assert (run.code, run.out) == (4, "")
    assert run.err.count("\n") == 1
    assert run.err.startswith("itemone: m at http://127.0.0.1:")
    assert not target.exists()


def test_verbose_tells_what_is_asked(itemone: Itemone, filing: Path) -> None:
    with ScriptedServer(error(400, "response_format is not supported"), FINE) as server:
        run = itemone("brief", filing, "--model", "m", "--base-url", server.url, "-v")
    assert run.code == 0
    assert "asked again as tools" in run.err
    assert all(line.startswith("itemone: ") for line in run.err.splitlines())


def test_cached_answers_cost_nothing(itemone: Itemone, filing: Path, tmp_path: Path) -> None:
    def engine(server: ScriptedServer, *options: object) -> dict[str, Any]:
        arguments = ["--model", "m", "--base-url", server.url, "--format", "json", *map(str, options)]
        return dict(json.loads(itemone("brief", filing, *arguments).out)["engine"])

    cache = tmp_path / "cache"
    with ScriptedServer(FINE) as server:
        assert engine(server, "--cache", cache)["requests"] == 1
        again = engine(server, "--cache", cache)
        assert (again["requests"], again["cached_answers"], again["prompt_tokens"]) == (0, 1, 0)
        assert engine(server, "--cache", cache, "--full-text")["requests"] == 0  # nothing else was sent
        assert engine(server, "--cache", cache, "--no-cache")["requests"] == 1
        assert engine(server)["requests"] == 1
        filing.write_text(filing.read_text() + "\nThe Company also makes rakes.\n")
        assert engine(server, "--cache", cache)["requests"] == 1  # another text is another request


def test_answers_of_no_use_are_not_cached(itemone: Itemone, filing: Path, tmp_path: Path) -> None:
    with ScriptedServer(Answer("no"), FINE) as server:
        options = ["--model", "m", "--base-url", server.url, "--cache", tmp_path / "cache", "--retries", "0"]
        assert itemone("brief", filing, *options).code == 4
        assert itemone("brief", filing, *options).code == 0


def test_a_cache_that_was_meddled_with_is_asked_around(itemone: Itemone, filing: Path, tmp_path: Path) -> None:
    with ScriptedServer(FINE) as server:
        options = ["--model", "m", "--base-url", server.url, "--cache", tmp_path / "cache"]
        itemone("brief", filing, *options)
        with Cache(str(tmp_path / "cache"), disk=JSONDisk) as cache:
            for key in list(cache):
                cache.set(key, "no answer")
        assert itemone("brief", filing, *options).code == 0
    assert len(server.requests) == 2


def test_a_key_that_cannot_be_sent_is_wrong_usage_and_not_shown(
    itemone: Itemone, filing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-schlüssel")
    run = itemone("brief", filing, "--model", "m")
    assert (run.code, run.out) == (2, "")
    assert "schlüssel" not in run.err


def test_a_cache_that_cannot_be_is_told(itemone: Itemone, filing: Path) -> None:
    with ScriptedServer(FINE) as server:
        run = itemone("brief", filing, "--model", "m", "--base-url", server.url, "--cache", filing)
    assert run.code == 3
    assert "cannot hold a cache" in run.err


ECHO = Reply(401, json.dumps({"error": {"message": f"no such key: {KEY}"}}).encode())


@pytest.mark.parametrize(
    "script",
    [
        pytest.param((FINE,), id="good"),
        pytest.param((facts(*GOOD, FALSE), Answer("no")), id="repair"),
        pytest.param((error(500, f"key {KEY} is tired"),), id="500"),
        pytest.param((ECHO,), id="echo"),
        pytest.param((error(400, f"response_format is not for {KEY}"), FINE), id="another-shape"),
        pytest.param((Answer(None, refusal=f"Not for {KEY}."),), id="refusal"),
        pytest.param((Answer(FINE.content, tool=KEY),), id="tool"),
        pytest.param((Reply(body=b"<html>" + KEY.encode()),), id="html"),
    ],
)
def test_the_key_is_nowhere_to_be_found(
    script: tuple[Step, ...],
    itemone: Itemone,
    filing: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_LOG", "debug")
    caplog.set_level(logging.DEBUG)
    folder = tmp_path / "written"
    folder.mkdir()
    with ScriptedServer(*script) as server:
        arguments = ["--base-url", server.url, "--cache", folder / "cache", "--format", "json", "-o", folder / "b.json"]
        run = itemone("brief", filing, "--model", "m", *arguments, "-v", "--retries", "0")
    assert server.requests
    assert KEY not in run.out + run.err
    own = [record for record in caplog.records if record.name.startswith("extractor")]
    assert KEY not in "".join(record.getMessage() for record in own)
    for written in folder.rglob("*"):
        if written.is_file():
            assert KEY.encode() not in written.read_bytes()


def test_every_option_of_the_model_has_its_setting() -> None:
    (command,) = [command for command in app.registered_commands if command.callback.__name__ == "brief"]  # type: ignore[union-attr]
    options = set(command.callback.__annotations__)
    assert set(Settings.model_fields) - {"api_key", "shape"} <= options
