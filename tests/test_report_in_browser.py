"""The report in a real Chromium: drawn whole, nothing fetched, every number leads to its source, usable by keyboard and screen reader."""

import csv
import io
import json
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from contracts.common.project import PROJECT, WAREHOUSE
from contracts.use.report import read, write_report
from contracts.use.report.page import drawings, libraries
from contracts.use.report.tables import TABLES
from small_copies import changed_copy, hostile_changes, many_partners, small_copy
from tools.screenshots import FLAGS, chromium

pytestmark = pytest.mark.slow

AXE = "axe-core@4.14.1"
DRAWN = 'body[data-drawn="yes"]'
CPER = "cper_npdc_2015_2020"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if chromium() is None:
        pytest.skip("there is no Chromium here: apt-get install chromium, then run these tests again")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("report")


@pytest.fixture(scope="module")
def report(folder: Path) -> Path:
    write_report(read(WAREHOUSE), folder / "index.html")
    return folder / "index.html"


@pytest.fixture(scope="module")
def small(folder: Path) -> Path:
    return small_copy(WAREHOUSE, folder / "small.duckdb")


class Visit:
    """A page in a window of its own, with everything that it asked for and complained about."""

    def __init__(self, browser: Browser, file: Path, address: str = "", width: int = 1280, height: int = 900) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        self.page: Page = self.context.new_page()
        self.fetched: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.fetched.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(f"file://{file}{address}")
        self.settle()

    def settle(self) -> None:
        self.page.wait_for_selector(DRAWN, timeout=30_000)

    def __enter__(self) -> "Visit":
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def choose(self, contract: str) -> None:
        self.page.select_option("#contract", contract)
        self.settle()

    def language(self, language: str) -> None:
        self.page.check(f'[name="language"][value="{language}"]')
        self.settle()


@pytest.fixture
def visit(browser: Browser, report: Path) -> Iterator[Visit]:
    with Visit(browser, report) as visit:
        yield visit
        assert visit.complaints == []


# ---------------------------------------------------------------- drawn whole, alone, fast


def test_everything_is_drawn_and_nothing_is_fetched(visit: Visit, report: Path) -> None:
    for name in ("funders", "tree", "map", "map_each", "timeline"):
        assert visit.page.locator(f'[data-chart="{name}"] svg path').count() > 5, name
    for table in TABLES:
        assert visit.page.locator(f"#table-{table.name} tbody tr").count() > 0, table.name
    assert [url for url in visit.fetched if not url.startswith("data:")] == [f"file://{report}"]


def test_built_and_painted_fast(browser: Browser, folder: Path) -> None:
    """Under 10 s of work to build with nothing kept from before, and the median of five first paints under a second."""
    for kept in (libraries, drawings):
        kept.cache_clear()
    start = time.process_time()
    size = write_report(read(WAREHOUSE), folder / "timed.html")
    built = time.process_time() - start
    paints = []
    for _ in range(5):
        with Visit(browser, folder / "timed.html") as visit:
            paints.append(visit.page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
    print(f"built in {built:.1f} s, {size / 1e6:.2f} MB, first paint {statistics.median(paints):.0f} ms")
    assert built < 10
    assert size < 3_000_000
    assert statistics.median(paints) < 1000


def test_words_stand_without_scripts(browser: Browser, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{report}")
    assert "Contrat de plan État-Région Nord-Pas-de-Calais 2015-2020 : 2\u202f165,0 M€" in page.inner_text("noscript")
    context.close()


def test_pictures_for_the_readme_are_small(browser: Browser, report: Path, folder: Path) -> None:
    """In a process of its own: a second driver cannot start beside the one of these tests."""
    command = [
        sys.executable,
        "-m",
        "tools.screenshots",
        "--report",
        str(report),
        "--folder",
        str(folder),
    ]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    sizes = [path.stat().st_size for path in folder.glob("report*.png")]
    assert len(sizes) == 4
    assert max(sizes) < 200_000


# ---------------------------------------------------------------- language, picker, stage, unit


def test_the_language_switch_changes_every_word_and_number(visit: Visit) -> None:
    visit.choose(CPER)
    assert visit.page.inner_text(".headline-amount") == "2\u202f165,0\u00a0M€"
    assert visit.page.inner_text(".bounds") == "entre 2\u202f164,5\u00a0M€ et 2\u202f165,5\u00a0M€"
    visit.language("en")
    assert visit.page.get_attribute("html", "lang") == "en"
    assert visit.page.title() == "Who funds what: the territorial contracts"
    assert visit.page.inner_text(".headline-amount") == "€2,165.0m"
    assert visit.page.inner_text(".bounds") == "between €2,164.5m and €2,165.5m"
    assert "€2,165.0m" in visit.page.text_content('[data-chart="tree"] svg')
    french = visit.page.evaluate(
        "Object.values(page.texts.fr).filter((words) => words.length > 12 && !Object.values(page.texts.en).includes(words))"
    )
    shown = visit.page.inner_text("body")
    assert not [words for words in french if words in shown]


def test_the_picker_shows_one_contract_and_the_address_keeps_it(browser: Browser, report: Path, visit: Visit) -> None:
    visit.choose(CPER)
    visit.page.check('[name="unit"][value="exact"]')
    visit.settle()
    assert visit.page.inner_text(".headline-amount") == "2\u202f165\u202f000\u202f000\u00a0€"
    assert visit.page.locator("#table-contracts tbody tr").count() == 1
    address = visit.page.evaluate("location.hash")
    with Visit(browser, report, address) as again:
        assert again.page.inner_text("#headline") == visit.page.inner_text("#headline")
        assert again.page.input_value("#contract") == CPER


def test_an_address_of_nothing_shows_everything(browser: Browser, report: Path) -> None:
    with Visit(browser, report, "#contract=<script>&stage=x&lang=de&date=never") as visit:
        assert visit.page.input_value("#contract") == "*"
        assert visit.page.locator('[data-chart="funders"] svg').count() == 1
        assert visit.complaints == []


def test_charts_follow_the_stage(visit: Visit) -> None:
    visit.page.check('[name="stage"][value="committed"]')
    visit.settle()
    assert visit.page.inner_text('[data-chart="funders"] h3').endswith("Engagé")
    assert "1\u202f600,0\u00a0M€" in visit.page.text_content('[data-chart="tree"] svg')
    visit.choose("cper_picardie_2015_2020")
    assert visit.page.inner_text('[data-chart="funders"] h3').endswith("Contractualisé"), "no amount at that stage: the first that has one"
    assert visit.page.is_disabled('[name="stage"][value="committed"]')


def test_a_contract_without_amount_says_so(visit: Visit) -> None:
    visit.choose("sdaasp")
    assert "sans imprimer de montant" in visit.page.inner_text("#headline")
    assert "Aucun montant à ce stade" in visit.page.inner_text('[data-chart="funders"]')
    assert visit.page.locator("#table-funders tbody .source").count() == 0


def test_progress_shows_unknown_as_unknown_and_the_rates_beside_the_theoretical_one(visit: Visit) -> None:
    visit.choose("crsd_creil")
    row = visit.page.inner_text("#table-progress tbody tr")
    assert "4,1\u00a0%" in row
    assert "au plus 4,2\u00a0%" in row
    assert row.count("inconnu") >= 3


def test_progress_at_each_closing_date_with_its_total(browser: Browser, second_project: Path, folder: Path) -> None:
    """The fictitious contract of examples/: three dates, two volets, all stages; the total adds one date, never two."""
    write_report(read(second_project / "warehouse.duckdb"), folder / "example.html")
    with Visit(browser, folder / "example.html", "#contract=contrat_fictif&lang=fr") as visit:
        assert visit.page.locator("#closing option").all_inner_texts() == ["31 déc. 2024", "31 déc. 2023", "31 déc. 2022"]
        latest = visit.page.inner_text("#table-progress tr.total").split("\t")
        assert latest[2:10] == [
            "10,0\u00a0M€",
            "6,0\u00a0M€",
            *latest[4:5],
            "4,9\u00a0M€",
            *latest[6:7],
            "3,6\u00a0M€",
            *latest[8:9],
            "66,7\u00a0%",
        ]
        assert [rate.split("\n")[0] for rate in (latest[4], latest[6], latest[8])] == ["60,0\u00a0%", "49,0\u00a0%", "36,0\u00a0%"]
        visit.page.select_option("#closing", "2022-12-31")
        visit.settle()
        earliest = visit.page.inner_text("#table-progress tr.total").split("\t")
        assert earliest[2:10] == [
            "10,0\u00a0M€",
            "1,5\u00a0M€",
            "inconnu",
            "0,90\u00a0M€",
            "inconnu",
            "0,20\u00a0M€",
            "inconnu",
            "33,3\u00a0%",
        ]
        with duckdb.connect(str(second_project / "warehouse.duckdb"), read_only=True) as connection:
            for number in _numbers(visit, "#table-progress .total .source"):
                assert int(connection.sql(number["sql"]).fetchone()[0] * 100) == _cents(number["value"])
        assert visit.complaints == []


# ---------------------------------------------------------------- every number leads to its source


def _numbers(visit: Visit, selector: str) -> list[dict]:
    """Opens the source of every number below the selector and reads what it says."""
    return visit.page.evaluate(
        """(selector) => [...document.querySelectorAll(selector)].map((button) => {
            button.click();
            const panel = document.getElementById("panel");
            const read = {
              where: button.closest("[id]").id, shown: button.textContent, value: panel.querySelector(".panel-amount").textContent,
              sql: panel.querySelector("pre").textContent, printed: panel.querySelectorAll(".printed li").length,
              lines: [...panel.querySelectorAll(".line-head b")].map((one) => one.textContent),
              more: !!panel.querySelector(".lines + .tool"),
            };
            panel.close();
            return read;
          })""",
        selector,
    )


def _cents(words: str) -> int:
    digits = re.sub(r"[^\d,−]", "", words).replace("−", "-")
    euros, _, cents = digits.partition(",")
    return int(euros) * 100 + int((cents or "0").ljust(2, "0")) * (-1 if euros.startswith("-") else 1)


@pytest.mark.parametrize(
    "contract", ["*", CPER, "cdt_amienois", "crsd_creil", "erbm_2017_2027", "projet_region_2015", "canal_seine_nord_europe"]
)
def test_every_number_leads_to_its_lines_and_to_sql_that_gives_it(
    visit: Visit, warehouse: duckdb.DuckDBPyConnection, contract: str
) -> None:
    visit.choose(contract)
    numbers = _numbers(visit, ".source")
    assert len(numbers) > 10
    for number in numbers:
        (found,) = warehouse.sql(number["sql"]).fetchall()
        if number["value"].endswith("%"):
            assert f"{found[0]:.1f}".replace(".", ",") == number["value"].removesuffix("\u00a0%").replace("\u202f", ""), number
        else:
            assert int(found[0] * 100) == _cents(number["value"]), number
    of_lines = [number for number in numbers if number["lines"] and not number["more"] and not number["value"].endswith("%")]
    for number in of_lines:
        if "per_inhabitant" in number["sql"] or "funding_at_year_end" in number["sql"] or "departement_estimated" in number["sql"]:
            continue
        lines = [_cents(amount) for amount in number["lines"] if "€" in amount]
        assert sum(lines) == _cents(number["value"]), number
        assert number["printed"] >= 1, number
    assert len(of_lines) > 5


def test_a_remainder_says_what_it_is_the_rest_of(visit: Visit) -> None:
    visit.choose(CPER)
    visit.page.click('#table-funders tr:has-text("Non précisé") .source')
    panel = visit.page.inner_text("#panel")
    assert "546\u202f650\u202f000\u00a0€" in panel
    assert "Total déclaré 2\u202f165\u202f000\u202f000\u00a0€, moins 1\u202f618\u202f350\u202f000\u00a0€ de parts connues." in panel
    assert "« 2,165 milliards d’euros »" in panel.replace("'", "’")
    assert "contracts explain funding_by_partner cper_npdc_2015_2020/unspecified" in panel


# ---------------------------------------------------------------- downloads


def _download(visit: Visit, selector: str) -> tuple[str, str]:
    with visit.page.expect_download() as download:
        visit.page.click(selector)
    return download.value.suggested_filename, Path(download.value.path()).read_text(encoding="utf-8")


def test_every_table_downloads_with_its_source_date_and_licence(browser: Browser, report: Path, visit: Visit) -> None:
    visit.choose(CPER)
    for table in [button.get_attribute("data-csv") for button in visit.page.locator("[data-csv]").all()]:
        with Visit(browser, report) as own:  # a browser holds back many downloads of one page in a row
            own.choose(CPER)
            name, content = _download(own, f'[data-csv="{table}"]')
        assert name == f"{table}_{CPER}.csv"
        assert content.startswith("\ufeff")
        head, *rows = csv.reader(io.StringIO(content.removeprefix("\ufeff")), delimiter=";")
        assert head[-3:] == ["source", "données au", "licence"]
        assert rows
        assert all(len(row) == len(head) and all(row[-3:]) for row in rows), table


def test_a_download_holds_exact_euros_of_every_row(visit: Visit, warehouse: duckdb.DuckDBPyConnection) -> None:
    visit.language("en")
    name, content = _download(visit, '[data-csv="contracts"]')
    rows = list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"))))
    (expected,) = warehouse.sql("select count(*), sum(contracted_eur), sum(contracted_high_eur) from marts.funding_by_contract").fetchall()
    sums = [round(sum(float(row[column] or 0) for row in rows) * 100) for column in ("Contracted (€)", "Contracted, high bound (€)")]
    assert (name, len(rows), *sums) == ("contracts.csv", expected[0], int(expected[1] * 100), int(expected[2] * 100))


def test_cells_that_a_spreadsheet_would_run_are_neutralised(visit: Visit) -> None:
    cells = visit.page.evaluate(
        """["=1+1", "+33", "-2", "@sum", "\\t=1", " =1", "a=b", 'say "x"', "a;b", null].map((value) => csvCell(value, "text", ";"))"""
    )
    assert cells == ["'=1+1", "'+33", "'-2", "'@sum", "'\t=1", "' =1", "a=b", '"say ""x"""', '"a;b"', ""]
    assert visit.page.evaluate('[csvCell(-120050, "euro", ";"), csvCell(-120050, "euro", ","), csvCell(-1.5, "percent", ";")]') == [
        "-1200,50",
        "-1200.50",
        "-1,5",
    ]


def test_a_chart_downloads_as_svg(visit: Visit) -> None:
    name, content = _download(visit, '[data-svg="funders"]')
    assert name == "funders.svg"
    assert content.startswith("<svg")
    assert "Union européenne" in content


# ---------------------------------------------------------------- search


def test_search_finds_contracts_operations_and_partners(visit: Visit) -> None:
    visit.page.fill("#query", "bassin MINIER")
    assert visit.page.locator("#results li").count() > 2
    assert "Engagement pour le renouveau du bassin minier" in visit.page.inner_text("#results")
    visit.page.fill("#query", "tres haut debit")
    assert visit.page.locator("#results li").count() > 0, "accents do not matter"
    visit.page.fill("#query", "ademe")
    assert "Partenaire" in visit.page.inner_text("#results")
    visit.page.fill("#query", "zzzz")
    assert "Rien ne correspond à «\u00a0zzzz\u00a0»" in visit.page.inner_text("#results")
    visit.page.fill("#query", "interreg en hauts")
    visit.page.click("#results [data-contract]")
    visit.settle()
    assert visit.page.input_value("#contract") == "interreg_hdf_2014_2020"


# ---------------------------------------------------------------- keyboard, screen reader, sizes, paper


def test_the_page_works_by_keyboard(visit: Visit) -> None:
    press, focused = (
        visit.page.keyboard.press,
        "document.activeElement.id || document.activeElement.name || document.activeElement.className",
    )
    press("Tab")
    assert visit.page.evaluate(focused) == "skip"
    press("Enter")
    assert visit.page.evaluate(focused) == "content"
    press("Tab")
    assert visit.page.evaluate(focused) == "source"
    press("Enter")
    assert visit.page.locator("#panel").is_visible()
    press("Escape")
    assert not visit.page.locator("#panel").is_visible()
    assert visit.page.evaluate(focused) == "source", "the focus comes back"
    visit.page.focus('[name="language"][value="fr"]')
    press("ArrowRight")
    visit.settle()
    assert visit.page.get_attribute("html", "lang") == "en"
    visit.page.focus('#table-funders th[data-column="contracted_eur"] button')
    press("Enter")
    assert visit.page.get_attribute('#table-funders th[data-column="contracted_eur"]', "aria-sort") == "descending"
    assert visit.page.evaluate("document.activeElement.closest('th').dataset.column") == "contracted_eur"


def test_a_sorted_table_keeps_unknowns_last(visit: Visit) -> None:
    for _ in range(2):
        visit.page.click('#table-funders th[data-column="contracted_eur"] button')
    values = visit.page.evaluate("sorted('funders', chosenRows('funders')).map((row) => row.contracted_eur)")
    known = [value for value in values if value is not None]
    assert known == sorted(known)
    assert values == known + [None] * (len(values) - len(known))


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core, fetched once from npm and kept beside the environment."""
    kept = PROJECT / ".pytest_cache" / AXE.replace("@", "-") / "package" / "axe.min.js"
    if not kept.exists():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("there is no npm here to fetch axe-core: apt-get install npm, then run this test again")
        folder = kept.parents[1]
        folder.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run([npm, "pack", AXE, "--silent"], cwd=folder, capture_output=True, text=True, timeout=120)
        archives = list(folder.glob("axe-core-*.tgz"))
        if packed.returncode != 0 or not archives:
            pytest.skip(f"npm cannot fetch {AXE}: {packed.stderr.strip()[:200]}")
        shutil.unpack_archive(archives[0], folder, format="gztar", filter="data")
    return kept.read_text(encoding="utf-8")


RULES = json.dumps({"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]})


@pytest.mark.parametrize(
    ("address", "width"), [("#lang=fr&contract=*", 1600), (f"#lang=en&contract={CPER}", 380), ("#lang=fr&contract=sdaasp", 380)]
)
def test_no_violation_of_accessibility_rules(browser: Browser, report: Path, axe: str, address: str, width: int) -> None:
    with Visit(browser, report, address, width) as visit:
        visit.page.fill("#query", "lille")
        visit.page.evaluate(axe.removesuffix("\n"))
        for state in ("page", "panel"):
            if state == "panel":
                visit.page.locator(".source").first.click() if visit.page.locator(".source").count() else None
            found = visit.page.evaluate(f"axe.run(document, {RULES})")
            violations = [(one["id"], one["impact"], one["nodes"][0]["html"][:200]) for one in found["violations"]]
            assert violations == [], state
            assert len(found["passes"]) > 20


@pytest.mark.parametrize("width", [380, 1600])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_is_as_wide_as_its_window(browser: Browser, report: Path, width: int, language: str) -> None:
    with Visit(browser, report, f"#lang={language}&contract=*", width) as visit:
        assert visit.page.evaluate("document.documentElement.scrollWidth") == width
        assert (
            visit.page.evaluate(
                "Math.max(...[...document.querySelectorAll('.drawing svg')].map((svg) => svg.getBoundingClientRect().right))"
            )
            <= width
        )


def test_the_page_prints(visit: Visit) -> None:
    visit.choose(CPER)
    visit.page.emulate_media(media="print")
    assert not visit.page.locator("#controls").is_visible()
    assert visit.page.locator("#table-progress table").is_visible()
    pdf = visit.page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert 2 < len(re.findall(rb"/Type\s*/Page\b", pdf)) < 40


# ---------------------------------------------------------------- labels that attack, and very many of them


def test_hostile_and_very_long_labels_stay_words(browser: Browser, small: Path, folder: Path) -> None:
    copy = changed_copy(small, folder / "hostile.duckdb", hostile_changes())
    write_report(read(copy), folder / "hostile.html")
    with Visit(browser, folder / "hostile.html", width=380) as visit:
        visit.page.fill("#query", "script")
        visit.choose(CPER)
        _numbers(visit, ".source")
        content = visit.page.evaluate("csvOf('funders')")
        assert visit.page.evaluate("window.broken === undefined")
        assert visit.page.evaluate("document.documentElement.scrollWidth") == 380
        assert visit.page.locator("main img, main script").count() == 0
        assert visit.complaints == []
        assert not re.search(r"(^|[;\"])=HYPERLINK", content, re.MULTILINE)


def test_five_thousand_partners_still_make_a_page(browser: Browser, small: Path, folder: Path) -> None:
    copy = changed_copy(small, folder / "many.duckdb", many_partners(5000))
    size = write_report(read(copy), folder / "many.html")
    with Visit(browser, folder / "many.html") as visit:
        print(f"{size / 1e6:.2f} MB with 5 000 partners more")
        assert visit.page.locator("#table-funders tbody tr").count() < 50
        assert "autres" in visit.page.text_content('[data-chart="funders"] svg')
        visit.page.click('[data-more="funders"]')
        assert visit.page.locator("#table-funders tbody tr").count() > 5000
        visit.page.fill("#query", "communes numero 4999")
        assert visit.page.locator("#results li").count() == 1
        assert visit.complaints == []
    assert size < 8_000_000
