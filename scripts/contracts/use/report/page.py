"""Puts the page together: one HTML file with its data, its styles and its scripts, and a policy that lets it load nothing else."""

import base64
import hashlib
import json
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

import vl_convert
from jinja2 import Environment, PackageLoader, StrictUndefined

from contracts.use.report.charts import DRAWINGS, chart_rows, specification
from contracts.use.report.data import Data
from contracts.use.report.map_rows import map_outlines
from contracts.use.report.outlines import read_outlines
from contracts.use.report.tables import payload
from contracts.use.report.texts import LANGUAGES, NUMBER_LOCALES, PLAIN_WORDS, TEXTS, VOCABULARY, by_language, text

FOLDER = files("contracts.use.report")

# the page's own scripts, each using those before it
SCRIPTS = ("words", "sources", "tables", "csv", "headline", "charts", "discrepancies", "search", "controls")


def _json(value: object) -> str:
    """JSON that is safe inside a script element: no label can end the element or open a comment."""
    return (
        json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _script(code: str) -> str:
    """JavaScript that is safe inside a script element."""
    return code.replace("</script", "<\\/script")


@cache
def libraries() -> str:
    """Vega, Vega-Lite and vega-embed as one script whose names stay its own."""
    return _script(f"(() => {{{vl_convert.javascript_bundle()}}})();")


@cache
def drawings() -> dict[str, dict]:
    """The specification of every chart in each language, without rows."""
    return {language: {name: specification(name, language) for name in DRAWINGS} for language in LANGUAGES}


def _fingerprint(code: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() + "'"


def millions_fr(amount: Decimal) -> str:
    """Euros as the French page writes them: M€ with one decimal."""
    return f"{amount / 1_000_000:,.1f} M€".replace(",", "\u202f").replace(".", ",")


def page_data(data: Data) -> dict:
    """Everything that the page's script reads."""
    return {
        "database": data.database.name,
        "written_on": data.written_on.isoformat(),
        "release": data.release,
        "known_as_of": data.known_as_of.isoformat() if data.known_as_of else None,
        "last_try": data.last_try and {"command": data.last_try.command, "moment": data.last_try.tried_at},
        "texts": by_language(TEXTS),
        "words": by_language(VOCABULARY),
        "plain_words": by_language(PLAIN_WORDS),
        "locales": NUMBER_LOCALES,
        "tables": payload(data),
        "charts": chart_rows(data),
        "outlines": map_outlines(data),
        "drawings": drawings(),
    }


def render(data: Data) -> str:
    """The whole page as text."""
    code = libraries()
    script = _script("\n".join((FOLDER / "scripts" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS))
    policy = f"default-src 'none'; script-src {_fingerprint(code)} {_fingerprint(script)}; style-src 'unsafe-inline'; img-src data: blob:"
    environment = Environment(
        loader=PackageLoader("contracts.use.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["millions_fr"] = millions_fr
    return environment.get_template("page.html.j2").render(
        t=text,
        attribution=read_outlines().attribution,
        policy=policy,
        style=(FOLDER / "style.css").read_text(encoding="utf-8"),
        libraries=code,
        script=script,
        data_json=_json(page_data(data)),
        contracts=[row for row in data["contracts"].records() if row["contracted_eur"] is not None],
    )


def write_report(data: Data, output: Path) -> int:
    """Writes the page and returns its size in bytes."""
    output.parent.mkdir(parents=True, exist_ok=True)
    return output.write_bytes(render(data).encode("utf-8"))
