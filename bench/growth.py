"""Does something grow that should not? A line through what was seen, and whether its slope is more than chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from bench.users import Done

SETTLES = 300  # seconds at the start in which caches fill
WINDOW = 300  # seconds at either end that are compared
SURE = 3.0  # so many standard errors make a slope
MEMORY_GROWS, WAITING_GROWS = 0.05, 1.25  # of the mean, over the whole run; times


def of(done: Sequence[Done], samples: Sequence[dict[str, float]]) -> dict[str, Any]:
    """Slopes of memory and handles after the first minutes, p95 of the first and the last five minutes, and
    ``found``: what grows, in words.
    """
    if len(samples) < 4:
        return {"found": []}
    first, last = samples[0]["at"], samples[-1]["at"]
    later = [each for each in samples if each["at"] >= first + min(SETTLES, (last - first) / 4)]
    found: dict[str, Any] = {}
    words = []
    for name in ("resident", "handles"):
        times, values = [each["at"] for each in later], [each[name] for each in later]
        slope, error = line(times, values)
        mean, span = sum(values) / len(values), times[-1] - times[0]
        found[name] = {"first": values[0], "last": values[-1], "mean": round(mean, 1),
                       "a_minute": round(slope * 60, 3), "error_a_minute": round(error * 60, 3)}  # fmt: skip
        if slope > SURE * error and slope * span > MEMORY_GROWS * mean:
            words.append(f"{name} grows by {slope * 60:.2f} a minute")
    window = min(WINDOW, (last - first) / 3)
    early = p95([each.seconds for each in done if each.at <= first + window])
    late = p95([each.seconds for each in done if each.at >= last - window])
    found["p95_ms"] = {"first": round(early * 1000), "last": round(late * 1000)}
    if late > early * WAITING_GROWS and late - early > 0.02:
        words.append(f"p95 grew from {early * 1000:.0f} to {late * 1000:.0f} ms")
    return {**found, "found": words}


def line(times: Sequence[float], values: Sequence[float]) -> tuple[float, float]:
    """Slope by least squares, and its standard error."""
    count = len(times)
    mean_t, mean_v = sum(times) / count, sum(values) / count
    spread = sum((t - mean_t) ** 2 for t in times)
    slope = sum((t - mean_t) * (v - mean_v) for t, v in zip(times, values, strict=True)) / spread
    rest = sum((v - mean_v - slope * (t - mean_t)) ** 2 for t, v in zip(times, values, strict=True))
    return slope, math.sqrt(rest / max(count - 2, 1) / spread)


def p95(seconds: Sequence[float]) -> float:
    """0 of nothing."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] if ordered else 0.0
