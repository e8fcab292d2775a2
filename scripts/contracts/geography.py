"""Official territories."""

from contracts.project import PROJECT

OFFICIAL = PROJECT / "seeds" / "official"
TERRITORIES = OFFICIAL / "territories.parquet"
ORIGIN = OFFICIAL / "origin.json"
