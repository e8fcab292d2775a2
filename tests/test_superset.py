"""Superset shows the marts to the cent, may be filled again, and says in plain words what is missing."""

import shutil
import socket
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import duckdb
import pytest
import requests
import yaml
from playwright.sync_api import sync_playwright
from typer.testing import CliRunner

from contracts.common.project import WAREHOUSE, file_to_show
from tools.environments import ToolError
from tools.superset.__main__ import app
from tools.superset.check import check, differences_of
from tools.superset.client import Client
from tools.superset.dashboard import CHARTS, SLUG, bundle
from tools.superset.environment import ADMINISTRATOR, Environment
from tools.superset.server import HOST, Server, choose_port, running

FUNDERS = next(chart for chart in CHARTS if chart.mart == "funding_by_partner")


def assets(path: Path) -> dict[str, dict]:
    with zipfile.ZipFile(BytesIO(bundle(path))) as archive:
        return {name: yaml.safe_load(archive.read(name)) for name in archive.namelist()}


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    """A file with one mart: two funders, one of them with two contracts, and a third without contracted money."""
    path = tmp_path / "small.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.funding_by_partner (funder_label_fr varchar, contracted_eur decimal(18, 2))")
        connection.execute("insert into marts.funding_by_partner values ('État', 10.10), ('État', 0.02), ('Région', 5), ('Nord', null)")
    return path


def funders(state: float) -> list[dict]:
    """What the chart of funders shows of the small file when the State has this many millions."""
    metric = FUNDERS.metrics[0]
    return [{"funder_label_fr": "État", metric: state}, {"funder_label_fr": "Région", metric: 0.000005}]


def test_a_chart_that_shows_the_mart_has_no_differences(small_file: Path) -> None:
    with duckdb.connect(str(small_file), read_only=True) as connection:
        assert differences_of(FUNDERS, funders(0.00001012), connection) == []


def test_a_cent_too_much_is_a_difference(small_file: Path) -> None:
    with duckdb.connect(str(small_file), read_only=True) as connection:
        differences = differences_of(FUNDERS, funders(0.00001013), connection)
    assert differences == [
        "missing in the chart: ('État', Decimal('10.12'))",
        "only in the chart: ('État', Decimal('10.13'))",
        "contracted_eur: the chart adds up to 15.13, the mart to 15.12",
    ]


def test_a_funder_left_out_is_a_difference(small_file: Path) -> None:
    with duckdb.connect(str(small_file), read_only=True) as connection:
        assert "missing in the chart: ('Région', Decimal('5.00'))" in differences_of(FUNDERS, funders(0.00001012)[:1], connection)


def test_charts_use_what_their_datasets_offer_under_french_labels() -> None:
    files = assets(WAREHOUSE)
    datasets = {file["uuid"]: file for name, file in files.items() if "/datasets/" in name}
    charts = {file["slice_name"]: file for name, file in files.items() if "/charts/" in name}
    assert set(charts) == {chart.title for chart in CHARTS}
    for chart in CHARTS:
        dataset = datasets[charts[chart.title]["dataset_uuid"]]
        assert set(chart.metrics) <= {metric["metric_name"] for metric in dataset["metrics"]}
        assert set(chart.dimensions) <= {column["column_name"] for column in dataset["columns"]}
        assert all(column["verbose_name"] for column in dataset["columns"])


def test_only_columns_that_add_up_become_metrics() -> None:
    files = assets(WAREHOUSE)
    by_contract = next(file for name, file in files.items() if name.endswith("funding_by_contract.yaml") and "/datasets/" in name)
    metrics = {metric["metric_name"] for metric in by_contract["metrics"]}
    assert {"sum_contracted_eur", "sum_contracted_meur", "sum_paid_eur"} <= metrics
    assert not [name for name in metrics if "low" in name or "high" in name or "rate" in name]


def test_the_database_is_read_only_and_reads_no_other_file() -> None:
    database = next(file for name, file in assets(WAREHOUSE).items() if "/databases/" in name)
    assert database["extra"]["engine_params"]["connect_args"] == {"read_only": True, "config": {"enable_external_access": False}}
    assert not database["allow_dml"]


def test_the_same_file_gives_the_same_assets() -> None:
    assert assets(WAREHOUSE) == assets(WAREHOUSE)


def test_an_older_file_is_named_with_what_it_lacks(tmp_path: Path) -> None:
    old = tmp_path / "old.duckdb"
    shutil.copy2(WAREHOUSE, old)
    with duckdb.connect(str(old)) as connection:
        connection.execute("drop table marts.funding_by_volet")
    with pytest.raises(ValueError, match="no mart funding_by_volet"):
        bundle(old)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    run = CliRunner().invoke(app, ["--database", str(tmp_path / "none.duckdb")])
    assert run.exit_code == 1
    assert "none.duckdb missing, run make build first" in run.output
    with pytest.raises(FileNotFoundError):
        file_to_show(tmp_path)


def test_a_taken_port_is_named_and_without_a_wish_another_is_found() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ToolError, match=f"port {port} is taken: give another one"):
            choose_port(port)
        assert choose_port(None) != port


def test_without_the_registry_the_installation_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    environment = Environment(tmp_path / "programs", tmp_path / "home")
    with pytest.raises(ToolError, match="does this machine reach the Python package registry"):
        environment.install()
    assert not environment.installed


@pytest.fixture(scope="module")
def superset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Client, Path]]:
    """Superset with a state of its own on a copy of the warehouse, filled once."""
    if not Environment().installed:
        pytest.skip("Superset is not installed: contracts superset --check installs it (900 MB)")
    folder = tmp_path_factory.mktemp("superset")
    path = folder / "copy.duckdb"
    shutil.copy2(WAREHOUSE, path)
    environment = Environment(home=folder / "home")
    environment.prepare()
    with running(environment, choose_port(None)) as server:
        client = Client(server.url, ADMINISTRATOR, environment.password)
        client.put_assets(bundle(path))
        yield server, client, path
    assert server.process.poll() is not None
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{server.url}/health", timeout=5)


@pytest.mark.slow
def test_every_chart_equals_its_mart(superset: tuple[Server, Client, Path]) -> None:
    _, client, path = superset
    assert set(check(client, path)) == {chart.title for chart in CHARTS}


@pytest.mark.slow
def test_filling_again_makes_no_second_copy(superset: tuple[Server, Client, Path]) -> None:
    _, client, path = superset
    before = {kind: client.count(kind) for kind in ("database", "dataset", "chart", "dashboard")}
    client.put_assets(bundle(path))
    assert {kind: client.count(kind) for kind in before} == before
    assert before == {"database": 1, "dataset": len({chart.mart for chart in CHARTS}), "chart": len(CHARTS), "dashboard": 1}
    check(client, path)


@pytest.mark.slow
def test_a_newly_published_file_shows_at_once(superset: tuple[Server, Client, Path]) -> None:
    _, client, path = superset
    chart = client.charts_of(SLUG)["Total contractualisé"]
    old = Decimal(str(client.data_of(chart)[0]["sum_contracted_eur"]))
    staged = path.with_suffix(".staged")
    shutil.copy2(path, staged)
    with duckdb.connect(str(staged)) as connection:
        connection.execute(
            "update marts.funding_by_contract set contracted_eur = contracted_eur + 0.01 where contract_key = 'cper_npdc_2015_2020'"
        )
    staged.replace(path)
    assert Decimal(str(client.data_of(chart)[0]["sum_contracted_eur"])) == old + Decimal("0.01")
    check(client, path)
    with pytest.raises(ToolError, match="Total contractualisé"):
        check(client, WAREHOUSE)


@pytest.mark.slow
def test_the_dashboard_is_drawn_in_a_browser(superset: tuple[Server, Client, Path]) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    server, _, path = superset
    password = Environment(home=path.parent / "home").password
    answers: dict[str, int] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1500, "height": 2400}, locale="fr-FR")
        page.set_default_timeout(90_000)
        page.on("response", lambda response: answers.update({response.url: response.status}))
        page.goto(f"{server.url}/login/")
        page.locator("input[name=username], #username").first.fill(ADMINISTRATOR)
        page.locator("input[type=password]").fill(password)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/login" not in url)
        page.goto(f"{server.url}/superset/dashboard/{SLUG}/")
        for chart in CHARTS:
            page.get_by_text(chart.title, exact=True).wait_for()
        page.get_by_text("2 165 000 000").first.wait_for()
        page.get_by_text("Taux théorique").wait_for()
        assert page.locator("canvas").count() == len([chart for chart in CHARTS if chart.kind.startswith("echarts")])
        browser.close()
    data = {url: status for url, status in answers.items() if "/api/v1/chart/data" in url}
    assert set(data.values()) == {200}
    assert not [url for url in answers if not url.startswith((server.url, "data:", "blob:"))]
