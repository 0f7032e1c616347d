"""Learn the offline engine's ranker from gold facts, and say how well it does on filings it has not seen.

    python tools/learn_ranker.py --gold GOLD_DIR --corpus TEXT_DIR [--write]

GOLD_DIR holds NAME.json ({"facts": [{"area", "importance", "quote"}]}), TEXT_DIR the filings NAME.txt. A sentence's
target, for its area and for any area, is the importance (3, 2, 1) of the gold fact whose quote it holds, divided by 3.
Ridge regression, each filing weighing the same. Prints leave-one-filing-out figures for the best 45 sentences;
--write puts the weights, learned from all filings, beside the engine.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from extractor.engines.offline.features import features
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
LEAST_FILINGS = 5  # a feature seen in fewer filings is a name, not a habit
RIDGE = 100.0  # chosen among 30, 100 and 300 by the printed figures
SENTENCES = 300  # what each filing's sentences weigh together
SHOWN = 45

Matrix = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Example:
    """One filing: the features of its sentences, their targets and spans, and its gold facts' spans."""

    name: str
    features: list[frozenset[str]]
    targets: Matrix
    spans: list[tuple[int, int]]
    gold: list[tuple[int, list[tuple[int, int]]]]


def example(gold_file: Path, corpus: Path) -> Example:
    """The training example of one filing."""
    document = read(corpus / f"{gold_file.stem}.txt")
    short = identify(document).short
    targets = np.zeros((len(document.sentences), len(COLUMNS)))
    gold = []
    for fact in json.loads(gold_file.read_text())["facts"]:
        spans = [m.span() for m in re.finditer(r"\s+".join(map(re.escape, fact["quote"].split())), document.text)]
        gold.append((fact["importance"], spans))
        column = COLUMNS.index(AREAS[fact["area"]])
        for s in document.sentences:
            if spans and s.start < spans[0][1] and spans[0][0] < s.end:
                for c in (column, len(COLUMNS) - 1):
                    targets[s.index, c] = max(targets[s.index, c], fact["importance"] / 3)
    found = [features(document, s, short) for s in document.sentences]
    return Example(gold_file.stem, found, targets, [(s.start, s.end) for s in document.sentences], gold)


def matrix(rows: list[frozenset[str]], index: dict[str, int]) -> Matrix:
    """One row for each sentence, one column for each feature, and a last one of ones."""
    found = np.zeros((len(rows), len(index) + 1))
    found[:, -1] = 1.0
    for i, row in enumerate(rows):
        found[i, [index[name] for name in row if name in index]] = 1.0
    return found


def learn(examples: list[Example]) -> tuple[dict[str, int], Matrix]:
    """The features kept, each with its row, and the weights: a row for each feature, the bias last."""
    seen = Counter(name for e in examples for name in {n for row in e.features for n in row})
    index = {name: i for i, name in enumerate(sorted(n for n, count in seen.items() if count >= LEAST_FILINGS))}
    size = len(index) + 1
    left, right = RIDGE * np.eye(size), np.zeros((size, len(COLUMNS)))
    left[-1, -1] = 0.0
    for e in examples:
        x, weight = matrix(e.features, index), SENTENCES / max(len(e.features), 1)
        left += weight * x.T @ x
        right += weight * x.T @ e.targets
    return index, np.linalg.solve(left, right)


def held_out(examples: list[Example]) -> dict[str, float]:
    """Means over filings, each ranked by weights learned from the others."""
    figures: dict[str, list[float]] = {"cited": [], "cited3": [], "hit": []}
    for held in examples:
        index, weights = learn([e for e in examples if e is not held])
        best = np.argsort(-(matrix(held.features, index) @ weights)[:, -1])[:SHOWN]
        chosen = [held.spans[i] for i in best]
        met = [(imp, any(s < b and a < e for a, b in spans for s, e in chosen)) for imp, spans in held.gold]
        three = [ok for imp, ok in met if imp == 3]
        figures["cited"].append(sum(imp for imp, ok in met if ok) / sum(imp for imp, _ in met))
        figures["cited3"].append(sum(three) / max(len(three), 1))
        figures["hit"].append(float(np.mean(held.targets[best, -1] > 0)))
    return {name: float(np.mean(values)) for name, values in figures.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name}")
    args = parser.parse_args()
    examples = [example(file, args.corpus) for file in sorted(args.gold.glob("*.json"))]
    figures = held_out(examples)
    print(f"held out, best {SHOWN} sentences:", "  ".join(f"{k} {v:.3f}" for k, v in figures.items()))
    if args.write:
        index, weights = learn(examples)
        rounded = {name: [round(float(w), 4) for w in weights[i]] for name, i in index.items()}
        model: dict[str, Any] = {
            "columns": COLUMNS,
            "bias": [round(float(w), 4) for w in weights[-1]],
            "weights": rounded,
        }
        lines = ",\n".join(f" {json.dumps(k)}: {json.dumps(v)}" for k, v in model["weights"].items())
        WEIGHTS.write_text(
            f'{{"columns": {json.dumps(COLUMNS)},\n"bias": {json.dumps(model["bias"])},\n"weights": {{\n{lines}\n}}}}\n'
        )
        print(f"{len(index)} features written to {WEIGHTS}")


if __name__ == "__main__":
    main()
