"""Outlines of the French départements for maps, as they are stored; tools/outlines.py makes them."""

import json
from dataclasses import dataclass
from pathlib import Path

from contracts.common.project import PROJECT

OUTLINES = PROJECT / "seeds" / "official" / "departement_outlines.json"


@dataclass(frozen=True)
class Outline:
    """One département as an SVG path in the coordinates of the map; box: its left, top, width and height there."""

    code: str
    label_fr: str
    path: str
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class Outlines:
    """The outlines of metropolitan France by code of département; attribution: the line that a map must show beside them."""

    attribution: str
    view_box: tuple[int, int, int, int]
    by_code: dict[str, Outline]

    def box_of(self, codes: list[str]) -> tuple[int, int, int, int]:
        """The box that holds several départements, for a map of a région. Raises KeyError for a code without outline."""
        boxes = [self.by_code[code].box for code in codes]
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
        return left, top, right - left, bottom - top


def read_outlines(path: Path = OUTLINES) -> Outlines:
    """The stored outlines. Overseas départements have none: the package draws metropolitan France."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    by_code = {
        outline["code"]: Outline(outline["code"], outline["label_fr"], outline["path"], tuple(outline["box"]))
        for outline in stored["outlines"]
    }
    return Outlines(stored["attribution"], tuple(stored["view_box"]), by_code)
