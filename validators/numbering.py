"""Numbers of pages and lines as a clerk reads them."""

from __future__ import annotations

from collections.abc import Sequence


def runs(numbers: Sequence[int]) -> str:
    """2, 5, 6 and 7 become "2, 5-7"."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in found)


def lines_told(numbers: Sequence[int]) -> str:
    """Likewise of lines, from 1: "line 4", "lines 2, 5-7"."""
    return f"line {numbers[0]}" if len(numbers) == 1 else f"lines {runs(numbers)}"
