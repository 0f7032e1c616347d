"""A cluster of Ray with two cores, until standard input ends: `python -m tests.batch.head_of_ray`.

It prints its address: what `--on ray:` takes.
"""

from __future__ import annotations

import sys

import ray

if __name__ == "__main__":
    ray.init("local", num_cpus=2, include_dashboard=False, log_to_driver=False)
    print(ray.get_runtime_context().gcs_address, flush=True)
    sys.stdin.read()
    ray.shutdown()
