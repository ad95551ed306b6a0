"""Measuring against a floor: both take turns in the same run, so that a noisy machine disturbs both alike."""

import statistics
import time


def taken(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def side_by_side(floor, ours, *, rounds):
    """Medians in seconds of both, after one warm-up each: (floor, ours)."""
    floor()
    ours()
    pairs = [(taken(floor), taken(ours)) for _ in range(rounds)]
    return tuple(statistics.median(side) for side in zip(*pairs, strict=True))


def line(name, floor_name, times):
    floor, ours = times
    return f"| {name} | {milliseconds(ours)} | {floor_name} | {milliseconds(floor)} | {ours / floor:.2f} |"


def milliseconds(seconds):
    return f"{seconds * 1000:.1f} ms"
