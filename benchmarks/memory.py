"""How much memory a set of processes really takes."""

from collections.abc import Iterable

import psutil


def used_mib(roots: Iterable[int]) -> float:
    """Proportional set size of the processes and their children: shared pages count once."""
    found: dict[int, psutil.Process] = {}
    for pid in roots:
        process = psutil.Process(pid)
        for each in (process, *process.children(recursive=True)):
            found[each.pid] = each
    return sum(process.memory_full_info().pss for process in found.values()) / 2**20
