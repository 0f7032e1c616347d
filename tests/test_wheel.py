"""The wheel: built, installed alone into a new environment, and run from an empty folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

from extractor import Brief
from tests.conftest import FILING

CHECKOUT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    """Standard output of a command that must succeed, with nothing of this environment's settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TIKTOKEN"))}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--no-index"]
    run(sys.executable, "-m", "pip", "wheel", "-q", *options, "-w", folder, CHECKOUT, cwd=folder)
    (built,) = folder.glob("itemone-*.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command in an environment that holds the wheel, and sees the dependencies that are installed here."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index", wheel, cwd=folder)
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return scripts / "itemone"


def test_the_wheel_holds_everything_that_is_read_at_run_time(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    data = [path for path in (CHECKOUT / "extractor").rglob("*") if path.is_file() and path.suffix != ".pyc"]
    templates = [path for path in (CHECKOUT / "templates").rglob("*") if path.is_file()]
    assert templates
    assert {path.relative_to(CHECKOUT).as_posix() for path in data} <= names
    assert {f"extractor/{path.relative_to(CHECKOUT).as_posix()}" for path in templates} <= names
    assert not [name for name in names if name.startswith(("tests", "fixtures", "templates"))]


def test_the_installed_command_runs_from_an_empty_folder(command: Path, tmp_path: Path, record: Brief) -> None:
    filing = tmp_path / "bramblewick.txt"
    filing.write_text(FILING, encoding="utf-8")
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run(command, "brief", filing, cwd=empty) == record.narrative.text + "\n"
    run(command, "brief", filing, "--format", "json", "-o", tmp_path / "brief.json", cwd=empty)
    assert run(command, "check", tmp_path / "brief.json", "--source", filing, cwd=empty) == "brief.json: all holds\n"
    assert list(empty.iterdir()) == []


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["edgar"], *(name for name in extras["dev"] if "itemone" not in name)]
    lines = (CHECKOUT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in pins)
    pinned = {pin.partition("==")[0].lower() for pin in pins}
    assert {re.split(r"[<>=~!]", name)[0].lower() for name in wanted} <= pinned
