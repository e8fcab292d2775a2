"""The rows and outlines of the maps: départements with their euros, places as numbered symbols."""

import itertools
import re
from collections import Counter, defaultdict

from contracts.common.project import STAGES
from contracts.use.report.chart_rows import Rows
from contracts.use.report.data import Data
from contracts.use.report.outlines import read_outlines
from contracts.use.report.tables import plain

MOST_PLACES = 9

# steps of the symbols and of the list on the map, in the coordinates of the outlines
BESIDE, BELOW, LIST_STEP = 84, 70, 60


def _rings(path: str) -> list[list[tuple[int, int]]]:
    """The closed lines of an SVG path of absolute starts and relative steps."""
    rings = []
    for start, steps in re.findall(r"M(-?\d+,-?\d+)l([^z]+)z", path):
        x, y = map(int, start.split(","))
        ring = [(x, y)]
        for step in steps.split():
            across, down = map(int, step.split(","))
            x, y = x + across, y + down
            ring.append((x, y))
        rings.append([*ring, ring[0]])
    return rings


def _area(ring: list[tuple[int, int]]) -> float:
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in itertools.pairwise(ring))) / 2


def _is_inside(x: float, y: float, ring: list[tuple[int, int]]) -> bool:
    crossed = [
        x < left + (y - top) * (right - left) / (bottom - top)
        for (left, top), (right, bottom) in itertools.pairwise(ring)
        if (top > y) != (bottom > y)
    ]
    return sum(crossed) % 2 == 1


def _middle(ring: list[tuple[int, int]], cells: int = 24) -> tuple[int, int]:
    """The point of a grid inside a closed line that lies farthest from it, where a name has most room."""
    (left, right), (top, bottom) = ((min(axis), max(axis)) for axis in zip(*ring, strict=True))
    grid = itertools.product(
        [left + (right - left) * step / cells for step in range(1, cells)],
        [top + (bottom - top) * step / cells for step in range(1, cells)],
    )
    room = {
        (x, y): min((x - corner_x) ** 2 + (y - corner_y) ** 2 for corner_x, corner_y in ring) for x, y in grid if _is_inside(x, y, ring)
    }
    x, y = max(room, key=room.__getitem__)
    return round(x), round(y)


def map_outlines(data: Data) -> list[dict]:
    """The départements that hold money, as GeoJSON features in the coordinates of the drawing; code and centre in the properties."""
    drawn = read_outlines().by_code
    codes = sorted({row["departement_code"] for row in data["departements"].records()} & set(drawn))
    features = []
    for code in codes:
        rings = _rings(drawn[code].path)
        x, y = _middle(max(rings, key=_area))
        geometry = {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
        features.append({"type": "Feature", "properties": {"code": code, "x": x, "y": y}, "geometry": geometry})
    return features


def map_rows(data: Data) -> Rows:
    """The départements with their euros, and the largest places below the région as numbered symbols with a list under the map.

    Columns: kind (departement, place), code, label_fr, label_en, cents, each_cents (euros per inhabitant), x and y of the centre, number,
    list_x and list_y of a place's entry in the list.
    """
    outlines = {feature["properties"]["code"]: feature["properties"] for feature in map_outlines(data)}
    if not outlines:
        return {}
    boxes = read_outlines()
    left, top, _, height = boxes.box_of(list(outlines))
    centres = _place_centres(data, outlines)
    drawn: Rows = defaultdict(lambda: defaultdict(list))
    for row in data["departements"].records():
        for stage in STAGES:
            if row["departement_code"] in outlines and row[f"{stage}_eur"] is not None:
                drawn[row["contract_key"]][stage].append(
                    {
                        "kind": "departement",
                        "code": row["departement_code"],
                        "label_fr": row["departement_label_fr"],
                        "label_en": row["departement_label_fr"],
                        "cents": plain(row[f"{stage}_eur"], "_eur"),
                        "each_cents": plain(row[f"{stage}_eur_per_inhabitant"], "_eur"),
                        "x": outlines[row["departement_code"]]["x"],
                        "y": outlines[row["departement_code"]]["y"],
                    }
                )
    for (contract, stage), places in _places(data, centres).items():
        together = Counter(centres[row["territory_key"]] for row in places)
        placed: Counter = Counter()
        for number, row in enumerate(places, start=1):
            x, y = centre = centres[row["territory_key"]]
            drawn[contract][stage].append(
                {
                    "kind": "place",
                    "number": number,
                    "label_fr": row["territory_label_fr"],
                    "label_en": row["territory_label_fr"],
                    "cents": plain(row[f"{stage}_eur"], "_eur"),
                    "x": round(x + BESIDE * (placed[centre] - (together[centre] - 1) / 2)),
                    "y": y + BELOW,
                    "list_x": left,
                    "list_y": top + height + LIST_STEP * (number + 1),
                }
            )
            placed[centre] += 1
    return drawn


def _place_centres(data: Data, outlines: dict[str, dict]) -> dict[str, tuple[int, int]]:
    """Where the symbol of a place stands: the centre of its départements, weighted by the share of its inhabitants in each."""
    shares: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for row in data["places"].records():
        if row["departement_code"] in outlines:
            shares[row["territory_key"]].append((float(row["population_share_percent"] or 100), row["departement_code"]))
    return {
        key: tuple(
            round(sum(share * outlines[code][axis] for share, code in pairs) / sum(share for share, _ in pairs)) for axis in ("x", "y")
        )
        for key, pairs in shares.items()
    }


def _places(data: Data, centres: dict[str, tuple[int, int]]) -> dict[tuple[str, str], list[dict]]:
    """The largest places of each contract and stage, largest first."""
    places: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for row in data["territories"].records():
        for stage in STAGES:
            if row["territory_key"] in centres and row[f"{stage}_eur"]:
                places[row["contract_key"], stage].append(row)
    return {
        (contract, stage): sorted(rows, key=lambda row: (-row[f"{stage}_eur"], row["territory_key"]))[:MOST_PLACES]
        for (contract, stage), rows in places.items()
    }
