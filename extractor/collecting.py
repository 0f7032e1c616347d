"""How often the garbage collector runs in a process of this program."""

from __future__ import annotations

import gc

# Between two rounds of it: the work makes hardly any cycles, and the default of 700 costs a cold start a twentieth of
# its time.
_ALLOCATIONS = 50_000


def collect_rarely() -> None:
    """For a process that does nothing but this program's work."""
    gc.set_threshold(_ALLOCATIONS)
