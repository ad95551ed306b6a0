"""A map from a TopoJSON file: decode, project, thin out, clip, write as SVG paths. No domain words.

Borders are thinned arc by arc, so two neighbours keep one common line. Floats are fine here: nobody
is paid by them.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True)
class Window:
    """The part of the projected plane that is drawn, in kilometres, and its scale in units."""

    left: float
    bottom: float
    right: float
    top: float
    km_per_unit: float = 2.0

    @property
    def width(self) -> int:
        return round((self.right - self.left) / self.km_per_unit)

    @property
    def height(self) -> int:
        return round((self.top - self.bottom) / self.km_per_unit)

    def place(self, point: Point) -> Point:
        x, y = point
        return (x - self.left) / self.km_per_unit, (self.top - y) / self.km_per_unit


def equal_area(*, latitude: float, longitude: float) -> Callable[[Point], Point]:
    """Lambert's azimuthal equal-area projection on the sphere, in kilometres: sizes stay comparable."""
    sin0, cos0 = math.sin(math.radians(latitude)), math.cos(math.radians(latitude))

    def project(point: Point) -> Point:
        turn, phi = math.radians(point[0] - longitude), math.radians(point[1])
        sin, cos = math.sin(phi), math.cos(phi)
        facing = 1 + sin0 * sin + cos0 * cos * math.cos(turn)
        k = 6371 * math.sqrt(2 / max(facing, 1e-9))  # the antipode would be infinitely far
        return k * cos * math.sin(turn), k * (cos0 * sin - sin0 * cos * math.cos(turn))

    return project


def arcs_of(topology: dict, project: Callable, window: Window, *, tolerance: float) -> list[Ring]:
    """Every arc, in units of the window, without the points nobody would see."""
    return [
        thinned([window.place(project(point)) for point in degrees(arc, topology)], tolerance)
        for arc in topology["arcs"]
    ]


def degrees(arc: list, topology: dict) -> Ring:
    """TopoJSON writes each point as the distance from the one before, in whole steps."""
    (wide, high), (east, north) = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * wide + east, y * high + north))
    return points


def thinned(points: Ring, tolerance: float) -> Ring:
    """Drop what deviates from the straight line by less than the tolerance (Douglas and Peucker)."""
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        middle, distance = farthest(points, first, last)
        if distance > tolerance:
            keep.add(middle)
            spans += [(first, middle), (middle, last)]
    return [points[place] for place in sorted(keep)]


def farthest(points: Ring, first: int, last: int) -> tuple[int, float]:
    found, distance = first, 0.0
    for place in range(first + 1, last):
        away = off_line(points[place], points[first], points[last])
        if away > distance:
            found, distance = place, away
    return found, distance


def off_line(point: Point, start: Point, end: Point) -> float:
    length = math.dist(start, end)
    if not length:  # a closed arc: an island
        return math.dist(point, start)
    (px, py), (ax, ay), (bx, by) = point, start, end
    return abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / length


def rings_of(geometry: dict, arcs: list[Ring]) -> list[Ring]:
    """The rings of a Polygon or MultiPolygon, stitched from arcs."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [stitched(ring, arcs) for polygon in polygons for ring in polygon]


def stitched(numbers: list[int], arcs: list[Ring]) -> Ring:
    ring: Ring = []
    for number in numbers:
        # ~n stands for arc n, walked backwards
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def clipped(ring: Ring, *, width: float, height: float, margin: float = 20) -> Ring:
    """What of a ring lies in the window (Sutherland and Hodgman); cut edges fall outside the picture."""
    for axis, sign, limit in (
        (0, 1, -margin),
        (0, -1, -(width + margin)),
        (1, 1, -margin),
        (1, -1, -(height + margin)),
    ):
        ring = half(ring, axis, sign, limit)
    return ring


def half(ring: Ring, axis: int, sign: int, limit: float) -> Ring:
    """The part of a ring where `sign` times the coordinate is at least `limit`."""
    kept: Ring = []
    for before, point in zip(ring[-1:] + ring[:-1], ring, strict=True):
        was, now = sign * before[axis] - limit, sign * point[axis] - limit
        if (was < 0) != (now < 0):
            kept.append(between(before, point, was / (was - now)))
        if now >= 0:
            kept.append(point)
    return kept


def between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def path_of(rings: list[Ring]) -> str:
    """Rings as an SVG path in whole units, each step relative to the last: short and exact."""
    return "".join(steps_of([(round(x), round(y)) for x, y in ring]) for ring in rings)


def steps_of(ring: list[tuple[int, int]]) -> str:
    ring = [point for place, point in enumerate(ring) if not place or point != ring[place - 1]]
    if len(ring) < 3:
        return ""
    steps = (f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(ring))
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z"


def area_of(ring: Ring) -> float:
    turned = ring[1:] + ring[:1]
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, turned, strict=True))) / 2


def centre_of(ring: Ring) -> Point:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
