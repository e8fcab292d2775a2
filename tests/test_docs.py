"""The dbt docs become one page that holds the overview, the exposures and every public model."""

from contracts.catalogue import PAGE, page
from contracts.project import PROJECT, run_dbt


def test_the_static_page_holds_overview_exposures_and_models() -> None:
    run = run_dbt("docs", "generate", "--static")
    assert run.success, run.text
    page = (PROJECT / "target" / "static_index.html").read_text(encoding="utf-8")
    for part in (
        "The warehouse of French territorial public funding contracts",
        "bi_tools",
        "envelope_reconciliation",
        "funding_by_volet",
    ):
        assert part in page
    assert "<script src=" not in page


def test_the_catalogue_of_rules_in_the_docs_is_that_of_the_seed() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run contracts catalogue"
