"""Filings by name, from a server on this machine that has the few pages of EDGAR which are asked for."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.make_filings import submission

ACCESSION = "0009000002-06-000012"
ADDRESS = dict.fromkeys(["street1", "street2", "city", "stateOrCountry", "zipCode", "stateOrCountryDescription"], "")
SUBMISSIONS = {
    "cik": "9000002",
    "name": "COPPERLINE STORES INC",
    "entityType": "operating",
    "sic": "5200",
    "sicDescription": "",
    "tickers": [],
    "exchanges": [],
    "ein": "",
    "description": "",
    "website": "",
    "investorWebsite": "",
    "category": "",
    "fiscalYearEnd": "0128",
    "stateOfIncorporation": "DE",
    "stateOfIncorporationDescription": "DE",
    "addresses": {"mailing": ADDRESS, "business": ADDRESS},
    "phone": "",
    "flags": "",
    "formerNames": [],
    "insiderTransactionForOwnerExists": 0,
    "insiderTransactionForIssuerExists": 0,
    "filings": {
        "recent": {
            "accessionNumber": ["0009000002-06-000044", ACCESSION, "0009000002-05-000009"],
            "filingDate": ["2006-06-01", "2006-04-10", "2005-04-11"],
            "reportDate": ["2006-04-29", "2006-01-28", "2005-01-29"],
            "acceptanceDateTime": ["2006-06-01T00:00:00.000Z"] * 3,
            "act": ["34"] * 3,
            "form": ["10-Q", "10-K", "10-K"],
            "fileNumber": ["000-1"] * 3,
            "filmNumber": ["1"] * 3,
            "items": [""] * 3,
            "core_type": ["10-Q", "10-K", "10-K"],
            "size": [1] * 3,
            "isXBRL": [0] * 3,
            "isInlineXBRL": [0] * 3,
            "primaryDocument": ["a.txt"] * 3,
            "primaryDocDescription": ["10-K"] * 3,
        },
        "files": [],
    },
}
HITS = {
    "hits": {
        "hits": [
            {
                "_id": f"{ACCESSION}:a.txt",
                "_source": {
                    "adsh": ACCESSION,
                    "ciks": ["0009000002"],
                    "display_names": ["COPPERLINE STORES INC  (CIK 0009000002)"],
                    "form": "10-K",
                    "file_date": "2006-04-10",
                },
            }
        ]
    }
}
ITEMONE = """\
import sys, stamina, edgar.search.efts as efts
stamina.set_testing(True, attempts=1)
efts.EFTS_BASE_URL = {url!r} + "/LATEST/search-index"
from extractor.cli import main
sys.exit(main(sys.argv[1:]))
"""


@dataclass
class Edgar:
    """The server: what it was asked, by whom, and what it answers instead of a filing."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    bomb: bytes | None = None
    status: int = 200

    def answer(self, path: str) -> bytes | None:
        if path.startswith("/submissions/CIK0009000002"):
            return json.dumps(SUBMISSIONS).encode()
        if path.startswith("/LATEST/search-index"):
            return json.dumps(HITS).encode()
        if path.endswith(f"{ACCESSION}.txt"):
            return self.bomb or submission().encode()
        if path.endswith("0009000002-05-000009.txt"):
            return submission().replace("20060128", "20050129").encode()
        return None


@pytest.fixture
def edgar(monkeypatch: pytest.MonkeyPatch) -> Iterator[Edgar]:
    served = Edgar()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            served.agents.add(self.headers["User-Agent"])
            body = served.answer(self.path)
            self.send_response(served.status if body is not None else 404)
            if served.bomb is not None and body is served.bomb:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Nothing is said."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield served
    server.shutdown()
    server.server_close()


def run(edgar: Edgar, cache: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    for key in ("ITEMONE_IDENTITY", "EDGAR_IDENTITY"):
        environment.pop(key, None)
    environment |= {
        "EDGAR_BASE_URL": edgar.url,
        "EDGAR_DATA_URL": edgar.url,
        "EDGAR_LOCAL_DATA_DIR": str(cache / "edgartools"),
        "XDG_CACHE_HOME": str(cache),
        "ITEMONE_IDENTITY": "Ada Gardener ada@example.com",
        **settings,
    }
    command = [sys.executable, "-W", "ignore", "-c", ITEMONE.format(url=edgar.url), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_latest_report_a_fiscal_years_and_one_by_its_number(edgar: Edgar, tmp_path: Path) -> None:
    latest = run(edgar, tmp_path, "brief", "edgar:9000002", "--format", "json")
    assert latest.returncode == 0, latest.stderr
    document = json.loads(latest.stdout)["document"]
    assert (document["accession"], document["period"]) == (ACCESSION, "2006-01-28")
    assert document["name"] == "edgar:9000002"
    assert edgar.agents == {"Ada Gardener ada@example.com"}

    year = run(edgar, tmp_path, "brief", "edgar:9000002:2005", "--format", "json")
    assert json.loads(year.stdout)["document"]["period"] == "2005-01-29"

    record = tmp_path / "brief.json"
    record.write_text(latest.stdout)
    edgar.asked.clear()
    kept = run(edgar, tmp_path, "text", f"edgar:{ACCESSION}", ITEMONE_IDENTITY="")
    assert kept.stdout.startswith("ITEM 1. BUSINESS\n")
    checked = run(edgar, tmp_path, "check", str(record), "--source", f"edgar:{ACCESSION}")
    assert checked.stdout == "brief.json: all holds\n"
    assert edgar.asked == []


def test_by_accession_number_alone(edgar: Edgar, tmp_path: Path) -> None:
    found = run(edgar, tmp_path, "text", f"edgar:{ACCESSION}")
    assert found.returncode == 0, found.stderr
    assert found.stdout.startswith("ITEM 1. BUSINESS\n")
    assert len(edgar.asked) == 2


@pytest.mark.parametrize(
    ("name", "settings", "code", "says"),
    [
        pytest.param("edgar:9000002", {"ITEMONE_IDENTITY": ""}, 4, "set ITEMONE_IDENTITY", id="no identity"),
        pytest.param("edgar:9000002:1999", {}, 4, "EDGAR has no such annual report", id="no such year"),
        pytest.param("edgar:9000009", {}, 4, "EDGAR gave no filing", id="no such company"),
        pytest.param("edgar:9000002", {"EDGAR_BASE_URL": "http://127.0.0.1:9"}, 4, "cannot be reached", id="offline"),
        pytest.param("edgar:a b", {}, 2, "no name of a filing", id="no name"),
    ],
)
def test_what_edgar_does_not_have(
    name: str, settings: dict[str, str], code: int, says: str, edgar: Edgar, tmp_path: Path
) -> None:
    refused = run(edgar, tmp_path, "brief", name, **settings)
    assert (refused.returncode, refused.stdout) == (code, "")
    assert says in refused.stderr
    assert refused.stderr.startswith("itemone: ")
    assert refused.stderr.count("\n") == 1


def test_edgar_refuses(edgar: Edgar, tmp_path: Path) -> None:
    edgar.status = 403
    refused = run(edgar, tmp_path, "brief", "edgar:9000002")
    assert refused.returncode == 4
    assert refused.stderr.count("\n") == 1


def test_a_bomb_is_not_unpacked(edgar: Edgar, tmp_path: Path) -> None:
    edgar.bomb = gzip.compress(b"0" * 100_000_000, compresslevel=9)
    refused = run(edgar, tmp_path, "brief", "edgar:9000002")
    assert refused.returncode == 4
    assert "too many for a submission" in refused.stderr
    assert not list((tmp_path / "itemone").glob("**/*.txt"))
