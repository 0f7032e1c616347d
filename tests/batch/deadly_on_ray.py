"""What `test_on_ray` has Ray do: a filing that kills each process that reads it, then workers of another version."""

from __future__ import annotations

import os
import signal
import sys
from unittest import mock

from extractor.batch import on_ray
from extractor.batch.fingerprint import Values
from extractor.batch.on_ray import Cluster, cluster
from extractor.batch.store import Task
from extractor.batch.work import Recipe, Source
from extractor.errors import UsageError
from tests.conftest import FILING


class Deadly(Source):
    """A filing that nobody reads and lives."""

    def read(self) -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b""


def main(where: Cluster) -> None:
    kinds = (Source, Deadly, Source, Source)
    tasks = [Task(kind(str(number), data=FILING.encode())) for number, kind in enumerate(kinds)]
    results = [outcome for _, outcome in cluster(Recipe(), where, jobs=2)(tasks)]
    for outcome in results:
        print(outcome.id, outcome.failure.code if outcome.failure else "done")
    with mock.patch.object(on_ray, "versions_of", another_version):
        try:
            list(cluster(Recipe(), where, jobs=2)(tasks))
        except UsageError as error:
            print(error)


def another_version(_: Recipe) -> Values:
    return {"itemone": "0"}


if __name__ == "__main__":
    main(Cluster(sys.argv[1]))
