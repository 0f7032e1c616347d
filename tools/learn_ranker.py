"""Learn the offline engine's ranker from gold facts, and say how well it does on filings it has not seen.

    python tools/learn_ranker.py --gold GOLD_DIR --corpus TEXT_DIR --score SCORE_PY [--write]

GOLD_DIR holds NAME.json ({"facts": [{"area", "importance", "quote", "anchors"}]}), TEXT_DIR the filings NAME.txt;
SCORE_PY is the measure, whose rule says which facts a text states. A sentence's target, for its area and for any area,
is the importance (3, 2, 1) of the gold fact whose quote it holds, divided by 3; a clause's is the sum over all that it
states. Ridge regression, each filing weighing the same. Prints leave-one-filing-out figures for the best sentences and
clauses; --write puts the weights, learned from all filings, beside the engine.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from extractor.document import Document
from extractor.engines.offline import drafts_of
from extractor.engines.offline.features import clause_features, core, features
from extractor.engines.offline.ranking import CLAUSE, ranked
from extractor.identity import identify
from extractor.reading import read

WEIGHTS = Path(__file__).parent.parent / "extractor" / "engines" / "offline" / "weights.json"
AREAS = {
    "company": "company",
    "revenue": "revenue_sources",
    "concentration": "customer_concentration",
    "customers": "customers",
    "products": "products",
    "channels": "channels",
    "financing": "financing",
}
COLUMNS = [*AREAS.values(), "any"]
LEAST_FILINGS = 4  # a feature seen in fewer filings is a name, not a habit
RIDGE = 40.0  # chosen among 40, 60 and 100 by them too
CLAUSE_RIDGE = 40.0  # chosen among 30, 40 and 60 by the narratives of held-out filings, as is LEAST_FILINGS
ROWS = 300  # what each filing's sentences, or clauses, weigh together
SHOWN = 45
MOST_STATED = 6  # importance in one clause: more is a list of everything

Matrix = npt.NDArray[np.floating[Any]]
Fact = dict[str, Any]


@dataclass(frozen=True)
class Rows:
    """Things to rank, of one filing: their features, and their targets, a column for each model."""

    features: list[frozenset[str]]
    targets: Matrix


@dataclass(frozen=True)
class Example:
    """One filing: its sentences and clauses, and what of the gold facts each sentence cites."""

    name: str
    sentences: Rows
    clauses: Rows
    gold: list[tuple[int, frozenset[int]]]


def example(gold_file: Path, corpus: Path, score: Any) -> Example:
    """The training example of one filing."""
    document = read(corpus / f"{gold_file.stem}.txt")
    facts: list[Fact] = json.loads(gold_file.read_text())["facts"]
    gold = [(fact["importance"], _holding(document, fact["quote"])) for fact in facts]
    return Example(gold_file.stem, _sentences(document, facts, gold), _clauses(document, facts, score), gold)


def _holding(document: Document, quote: str) -> frozenset[int]:
    """The indexes of the sentences that hold any of a quote."""
    spans = [m.span() for m in re.finditer(r"\s+".join(map(re.escape, quote.split())), document.text)]
    return frozenset(s.index for s in document.sentences for start, end in spans if s.start < end and start < s.end)


def _sentences(document: Document, facts: list[Fact], gold: list[tuple[int, frozenset[int]]]) -> Rows:
    targets = np.zeros((len(document.sentences), len(COLUMNS)))
    for fact, (importance, indexes) in zip(facts, gold, strict=True):
        for column in (COLUMNS.index(AREAS[fact["area"]]), len(COLUMNS) - 1):
            for i in indexes:
                targets[i, column] = max(targets[i, column], importance / 3)
    short = identify(document).short
    return Rows([features(document, s, short) for s in document.sentences], targets)


def _clauses(document: Document, facts: list[Fact], score: Any) -> Rows:
    identity = identify(document)
    found, targets = [], []
    for draft in drafts_of(document, identity, ranked(document, identity.short)):
        told = score.fold(core(draft.wording))
        stated = sum(f["importance"] for f in facts if score.states([told], f["anchors"]))
        found.append(clause_features(draft.wording, draft.area) | draft.context)
        targets.append([min(stated, MOST_STATED) / 3])
    return Rows(found, np.array(targets).reshape(len(found), 1))


def matrix(rows: list[frozenset[str]], index: dict[str, int]) -> Matrix:
    """One row for each thing, one column for each feature, and a last one of ones."""
    found = np.zeros((len(rows), len(index) + 1))
    found[:, -1] = 1.0
    for i, row in enumerate(rows):
        found[i, [index[name] for name in row if name in index]] = 1.0
    return found


def learn(filings: list[Rows], ridge: float) -> tuple[dict[str, int], Matrix]:
    """The features kept, each with its row, and the weights: a row for each feature, the bias last."""
    seen = Counter(name for rows in filings for name in {n for row in rows.features for n in row})
    index = {name: i for i, name in enumerate(sorted(n for n, count in seen.items() if count >= LEAST_FILINGS))}
    size = len(index) + 1
    left, right = ridge * np.eye(size), np.zeros((size, filings[0].targets.shape[1]))
    left[-1, -1] = 0.0
    for rows in filings:
        x, weight = matrix(rows.features, index), ROWS / max(len(rows.features), 1)
        left += weight * x.T @ x
        right += weight * x.T @ rows.targets
    return index, np.linalg.solve(left, right)


def model(examples: list[Example]) -> dict[str, Any]:
    """The ranker learned from `examples`, as weights.json holds it."""
    index, weights = learn([e.sentences for e in examples], RIDGE)
    clause_index, clause_weights = learn([e.clauses for e in examples], CLAUSE_RIDGE)
    none = np.zeros(len(COLUMNS))
    table = {}
    for name in sorted(index | clause_index):
        of_sentences = weights[index[name]] if name in index else none
        of_clauses = clause_weights[clause_index[name]] if name in clause_index else np.zeros(1)
        table[name] = [round(float(w), 4) for w in (*of_sentences, *of_clauses)]
    bias = [round(float(w), 4) for w in (*weights[-1], *clause_weights[-1])]
    return {"columns": [*COLUMNS, CLAUSE], "bias": bias, "weights": table}


def held_out(examples: list[Example]) -> dict[str, float]:
    """Means over filings, each ranked by weights learned from the others."""
    figures: dict[str, list[float]] = {"cited": [], "cited3": [], "hit": [], "clauses' importance": []}
    for held in examples:
        others = [e for e in examples if e is not held]
        index, weights = learn([e.sentences for e in others], RIDGE)
        best = np.argsort(-(matrix(held.sentences.features, index) @ weights)[:, -1])[:SHOWN]
        met = [(importance, not indexes.isdisjoint(best.tolist())) for importance, indexes in held.gold]
        three = [ok for importance, ok in met if importance == 3]
        figures["cited"].append(sum(imp for imp, ok in met if ok) / sum(imp for imp, _ in met))
        figures["cited3"].append(sum(three) / max(len(three), 1))
        figures["hit"].append(float(np.mean(held.sentences.targets[best, -1] > 0)))
        index, weights = learn([e.clauses for e in others], CLAUSE_RIDGE)
        best = np.argsort(-(matrix(held.clauses.features, index) @ weights)[:, -1])[:SHOWN]
        figures["clauses' importance"].append(float(np.mean(held.clauses.targets[best])))
    return {name: float(np.mean(values)) for name, values in figures.items()}


def measure(path: Path) -> Any:
    """The module at `path`, with its `states` and `fold`."""
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file: give --score the path of score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--score", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name}")
    args = parser.parse_args()
    score = measure(args.score)
    examples = [example(file, args.corpus, score) for file in sorted(args.gold.glob("*.json"))]
    print(f"held out, best {SHOWN}:", "  ".join(f"{k} {v:.3f}" for k, v in held_out(examples).items()))
    if args.write:
        learned = model(examples)
        lines = ",\n".join(f" {json.dumps(k)}: {json.dumps(v)}" for k, v in learned["weights"].items())
        columns, bias = json.dumps(learned["columns"]), json.dumps(learned["bias"])
        WEIGHTS.write_text(f'{{"columns": {columns},\n"bias": {bias},\n"weights": {{\n{lines}\n}}}}\n')
        print(f"{len(learned['weights'])} features written to {WEIGHTS}")


if __name__ == "__main__":
    main()
