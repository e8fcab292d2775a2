"""The dbt docs become one page that leads a reviewer to every public model, its readers and its lineage."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, sync_playwright

from contracts.common.project import WAREHOUSE, run_dbt
from tools.superset.dashboard import CHARTS

PUBLIC = ("star", "marts", "quality")
CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="module")
def static_page(empty_copy: Path) -> Path:
    shutil.copy2(WAREHOUSE, empty_copy / WAREHOUSE.name)
    run = run_dbt("docs", "generate", "--static", project=empty_copy, artifacts=True)
    assert run.success, run.text
    return empty_copy / "target" / "static_index.html"


@pytest.fixture(scope="module")
def manifest(static_page: Path) -> dict:
    return json.loads((static_page.parent / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def public(manifest: dict) -> dict[str, dict]:
    """The models of star, marts and quality, by unique id."""
    models = {name: node for name, node in manifest["nodes"].items() if node["resource_type"] == "model" and node["schema"] in PUBLIC}
    assert len(models) > 30
    return models


def links_of(text: str) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", text)


def selected(link: str) -> list[str]:
    """The selectors in a link to a lineage graph, without signs of parents and children."""
    parameters = parse_qs(link.split("?")[-1])
    selectors = " ".join(parameters.get("g_i", []) + parameters.get("g_e", [])).split()
    return [re.sub(r"^\d*\+|\+\d*$", "", selector) for selector in selectors]


def test_the_static_page_holds_overview_exposures_and_models(static_page: Path) -> None:
    text = static_page.read_text(encoding="utf-8")
    for part in (
        "The warehouse of French territorial public funding contracts",
        "bi_tools",
        "envelope_reconciliation",
        "funding_by_volet",
    ):
        assert part in text
    assert "<script src=" not in text


def test_links_of_overview_lead_somewhere(manifest: dict) -> None:
    overview = next(
        doc for doc in manifest["docs"].values() if doc["name"] == "__overview__" and doc["package_name"] == "territorial_contracts"
    )
    links = links_of(overview["block_contents"])
    nodes = manifest["nodes"] | manifest["unit_tests"]
    folders = {folder for node in nodes.values() for folder in node["fqn"][1:-1]}
    known = folders | {node["name"] for node in nodes.values()} | {f"exposure:{node['name']}" for node in manifest["exposures"].values()}
    graphs = [link for link in links if "g_v=1" in link]
    assert len(graphs) == 4
    assert len(links) > 20
    for link in graphs:
        assert selected(link)
        assert [name for name in selected(link) if name not in known] == [], link
    for link in links:
        if link not in graphs:
            assert link.removeprefix("#!/model/") in manifest["nodes"], link


def test_every_public_model_has_a_french_label_a_group_and_a_colour(public: dict[str, dict]) -> None:
    for model in public.values():
        assert model["config"]["meta"].get("label_fr"), f"{model['name']}: config.meta.label_fr is missing"
        assert model["config"]["group"] == model["schema"], model["name"]
        assert model["access"] == "public", model["name"]
        assert model["docs"]["node_color"], model["name"]


def test_every_exposure_has_an_owner_a_description_and_a_french_label(manifest: dict) -> None:
    for exposure in manifest["exposures"].values():
        assert exposure["owner"]["email"], exposure["name"]
        assert exposure["description"], exposure["name"]
        assert exposure["config"]["meta"]["label_fr"], exposure["name"]


def test_exposures_name_what_analyses_and_dashboard_read(manifest: dict, public: dict[str, dict]) -> None:
    exposed = {
        exposure["name"]: {public[parent]["name"] for parent in exposure["depends_on"]["nodes"]}
        for exposure in manifest["exposures"].values()
    }
    analyses = [node for node in manifest["nodes"].values() if node["resource_type"] == "analysis"]
    read = {public[parent]["name"] for analysis in analyses for parent in analysis["depends_on"]["nodes"] if parent in public}
    assert exposed["answers"] == read
    assert exposed["superset_dashboard"] == {chart.mart for chart in CHARTS} | {"data_dictionary"}


@pytest.fixture
def browser_page() -> Iterator[Page]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page(viewport={"width": 1500, "height": 1000})
        browser.close()


@pytest.mark.slow
def test_a_reviewer_reads_labels_rules_and_lineage_in_a_browser(static_page: Path, browser_page: Page) -> None:
    asked: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.goto(static_page.as_uri())
    browser_page.get_by_role("link", name="funding_by_partner").click()
    browser_page.get_by_text("Financements par financeur").wait_for()
    browser_page.get_by_text("contracted_eur", exact=True).first.click()
    browser_page.get_by_text("Montant contractualisé", exact=True).wait_for()
    browser_page.goto(static_page.as_uri() + "#!/overview")
    browser_page.get_by_text("From the star to the marts", exact=True).click()
    browser_page.get_by_text("Update Graph").wait_for()
    browser_page.locator("canvas").first.wait_for()
    assert [url for url in asked if url.startswith("http")] == []
