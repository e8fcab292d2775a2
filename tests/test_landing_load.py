"""The load of landing/: each file once, only what changed again, with the contracts that it concerns; stopped loads leave no trace."""

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from contracts.common import landing_files
from contracts.common.landing import DefectiveFilesError
from contracts.common.landing_files import find_files
from contracts.common.project import run_dbt
from loads import LandedProject
from test_landing import LANDED, Rows, line, mention


def contract(code: str) -> dict[str, str]:
    return {"contract_code": code, "label_fr": f"Contrat {code}", "contract_type_code": "fund"}


def test_a_file_is_read_once_again_when_it_changes_and_forgotten_when_it_goes(landed: LandedProject) -> None:
    landed.land("contracts/two.csv", [contract("one"), contract("two")])
    landed.land("financial_lines/one.csv", [line("line_one", "one", 1)])
    landed.land("financial_lines/two.csv", [line("line_two", "two", 2), line("line_more", "two", 2)])
    assert landed.stale() == {"one", "two"}
    assert landed.rows("select file, row_count from landing.files order by file") == [
        ("landing/contracts/two.csv", 2),
        ("landing/financial_lines/one.csv", 1),
        ("landing/financial_lines/two.csv", 2),
    ]
    # a mark that is in the table and not in the file shows that an unchanged file is not read again
    landed.connection.execute("update landing.financial_lines set note = 'seen' where contract_code = 'one'")
    assert landed.stale() == set()
    landed.land("financial_lines/two.csv", [line("line_two", "two", 3)])
    assert landed.stale() == {"two"}
    lines = "select line_code, amount_eur, note from landing.financial_lines order by 1"
    assert landed.rows(lines) == [("line_one", "1.00", "seen"), ("line_two", "3.00", None)]
    landed.remove("financial_lines/two.csv")
    assert landed.stale() == {"two"}
    assert landed.rows(lines) == [("line_one", "1.00", "seen")]


def test_a_file_that_was_read_stays_closed(landed: LandedProject, monkeypatch: pytest.MonkeyPatch) -> None:
    path = landed.land("funds/one.csv", [{"fund_code": "one", "label_fr": "F"}])
    landed.load()
    looked_at = []
    monkeypatch.setattr(landing_files, "damage", lambda path: looked_at.append(path.name))
    landed.load()
    assert looked_at == []
    os.utime(path, (1_600_000_000, 1_600_000_000))
    landed.load()
    assert looked_at == ["one.csv"]


def test_a_young_file_is_read_once_more(landed: LandedProject) -> None:
    path = landed.land("funds/young.csv", [{"fund_code": "young", "label_fr": "F"}])
    os.utime(path)
    landed.load()
    assert landed.rows("select modified_at_ns from landing.files") == [(None,)]
    os.utime(path, (1_700_000_000, 1_700_000_000))
    landed.load()
    assert landed.rows("select modified_at_ns from landing.files") == [(1_700_000_000 * 10**9,)]


def test_each_table_concerns_the_contracts_that_its_rows_are_about(landed: LandedProject) -> None:
    codes = ["mentioned", "cited", "worked", "whole", "part", "accepted", "related", "counted", "untouched"]
    landed.land("contracts/all.csv", [contract(code) for code in codes])
    lines = [
        line(f"line_{code}", code, 1)
        | {"document_code": "doc_2" if code == "cited" else "", "operation_code": "op" if code == "worked" else ""}
        for code in codes
    ]
    landed.land("financial_lines/all.csv", lines)
    documents = LANDED["source_documents"][0]
    tables: dict[str, Rows] = {
        "source_mentions": [mention("line_mentioned", 1, 1)],
        "source_documents": [documents | {"document_code": "doc_2"}],
        "operations": [{"operation_code": "op", "contract_code": "worked", "label_fr": "O", "status": "unknown"}],
        "cross_total_parts": [{"line_code": "line_whole", "part_line_code": "line_part"}],
        "accepted_contradictions": [{"rule_id": "parts_against_whole", "subject_code": "line_accepted @ 2020-01-01", "reason": "R"}],
        "contract_relations": [{"from_contract_code": "related", "to_contract_code": "related", "relation": "amends"}],
        "indicators": [{"indicator_code": "places", "contract_code": "counted", "label_fr": "P", "unit": "places"}],
    }
    landed.stale()
    for table, rows in tables.items():
        landed.land(f"{table}/one.csv", rows)
    assert landed.stale() == set(codes) - {"untouched"}
    landed.remove(*(f"{table}/one.csv" for table in tables))
    assert landed.stale() == set(codes) - {"untouched"}, "what goes concerns them too"
    accepted = [{"rule_id": "documents_agree", "subject_code": "nothing known", "reason": "R"}]
    landed.land("accepted_contradictions/one.csv", accepted)
    assert set(codes) <= landed.stale(), "it may be about any contract"
    landed.land("accepted_contradictions/one.csv", [accepted[0] | {"reason": "Another"}])
    landed.land("financial_lines/named.csv", [line("nothing known", "counted", 2)])
    assert set(codes) <= landed.stale(), "it was of no line before"
    landed.remove("financial_lines/named.csv", "accepted_contradictions/one.csv")
    assert landed.stale() == {"counted"}, "both go"


def test_rows_without_a_contract_concern_nobody(landed: LandedProject) -> None:
    landed.land("contracts/all.csv", [contract("one"), contract("")])
    landed.land("financial_lines/one.csv", [line("line_one", "one", 1)])
    assert landed.stale() == {"one"}
    landed.land("financial_lines/one.csv", [line("line_one", "one", 2)])
    assert landed.stale() == {"one"}


def test_an_operation_concerns_every_contract_whose_lines_name_it(landed: LandedProject) -> None:
    operation = {"operation_code": "op", "contract_code": "owner", "label_fr": "O", "status": "unknown"}
    landed.land("contracts/all.csv", [contract(code) for code in ("owner", "paying", "lending", "other")])
    landed.land("operations/op.csv", [operation])
    landed.land("financial_lines/other.csv", [line("line_other", "other", 1)])
    landed.land("financial_lines/paying.csv", [line("line_paying", "paying", 1, operation_code="op")])
    landed.land("financial_lines/lending.csv", [line("line_lending", "lending", 1)])
    landed.stale()
    landed.land("financial_lines/lending.csv", [line("line_lending", "lending", 1, operation_code="op")])
    assert landed.stale() == {"owner", "paying", "lending"}
    landed.remove("financial_lines/lending.csv")
    assert landed.stale() == {"owner", "paying", "lending"}, "its plan has one funder less"
    landed.land("operations/op.csv", [operation | {"label_fr": "Autre"}])
    assert landed.stale() == {"owner", "paying"}


def test_what_contracts_share_concerns_those_that_name_it(landed: LandedProject) -> None:
    partner = {"partner_code": "shared", "label_fr": "Partenaire", "partner_type_code": "commune"}
    landed.land("contracts/all.csv", [contract("one"), contract("two")])
    landed.land("financial_lines/one.csv", [line("line_one", "one", 1, partner_code="shared", fund_code="fund")])
    landed.land("funds/f.csv", [{"fund_code": "fund", "label_fr": "Fonds", "partner_code": "shared"}])
    landed.land("partners/p.csv", [partner])
    landed.stale()
    landed.land("partners/p.csv", [partner, partner | {"partner_code": "new"}])
    assert landed.stale() == set(), "a new code concerns nobody"
    landed.land("partners/p.csv", [partner | {"label_fr": "Autre nom"}, partner | {"partner_code": "new"}])
    assert landed.stale() == {"one"}
    landed.land("funds/f.csv", [{"fund_code": "fund", "label_fr": "Autre fonds", "partner_code": "shared"}])
    assert landed.stale() == {"one"}
    landed.land("partner_group_members/m.csv", [{"partner_group_code": "shared", "partner_code": "new"}])
    assert {"one", "two"} <= landed.stale(), "a member changes what a group is"
    commune = {"territory_code": "commune_choisie", "label_fr": "Commune", "territory_type_code": "commune", "official_code": "01001"}
    landed.land("territories/communes.csv", [commune])
    assert landed.stale() == set(), "another name of a commune is used by those that write it"
    departement = {"territory_code": "ain", "label_fr": "Ain", "territory_type_code": "departement", "official_code": "01"}
    landed.land("territories/departements.csv", [departement])
    assert {"one", "two"} <= landed.stale(), "communes of other contracts lie in it"


def test_a_place_concerns_those_that_name_it_by_its_official_code(landed: LandedProject) -> None:
    landed.land("contracts/all.csv", [contract("one"), contract("two") | {"territory_code": "commune_01001"}])
    landed.stale()
    commune = {"territory_code": "commune_choisie", "label_fr": "Commune", "territory_type_code": "commune", "official_code": "01001"}
    landed.land("territories/communes.csv", [commune])
    assert landed.stale() == {"two"}


def test_lines_concern_the_contracts_of_money_that_may_be_the_same(landed: LandedProject) -> None:
    landed.land("contracts/all.csv", [contract(code) for code in ("naming", "named", "other")])
    landed.land("financial_lines/named.csv", [line("line_named", "named", 1)])
    landed.land("financial_lines/other.csv", [line("line_other", "other", 1)])
    landed.stale()
    landed.land("financial_lines/naming.csv", [line("line_naming", "naming", 1, possible_parent_code="line_named")])
    assert landed.stale() == {"naming", "named"}
    landed.land("financial_lines/named.csv", [line("line_named", "named", 2)])
    assert landed.stale() == {"naming", "named"}
    landed.remove("financial_lines/named.csv")
    assert landed.stale() == {"naming", "named"}


def test_headings_and_documents_concern_the_contracts_that_cite_them(landed: LandedProject) -> None:
    document = LANDED["source_documents"][0] | {"document_code": "shared"}
    relation = {"from_contract_code": "related", "to_contract_code": "other", "relation": "amends", "document_code": "shared"}
    landed.land("contracts/all.csv", [contract(code) for code in ("figured", "related", "other", "untouched")])
    landed.land("financial_lines/all.csv", [line("line_figured", "figured", 1)])
    landed.land("source_mentions/all.csv", [mention("line_figured", 10, 1, document_code="shared")])
    landed.land("contract_relations/all.csv", [relation])
    landed.stale()
    landed.land("document_headings/all.csv", [{"document_code": "shared", "line_number": "9", "level": "1", "label_fr": "Titre"}])
    assert landed.stale() == {"figured", "related"}
    landed.land("source_documents/all.csv", [document])
    assert landed.stale() == {"figured", "related"}
    landed.land(
        "contracts/all.csv", [contract(code) | {"signed_on": "2020-01-01"} for code in ("figured", "related", "other", "untouched")][:2]
    )
    assert landed.stale() == {"figured", "related", "other", "untouched"}, "a contract is amended by another, and two are gone"


def test_a_change_of_a_vocabulary_concerns_all(landed: LandedProject) -> None:
    landed.land("contracts/all.csv", [contract("one")])
    landed.stale()
    path = landed.project / "seeds" / "themes.csv"
    kept = path.read_bytes()
    path.write_bytes(kept.replace(b"Logement", b"Habitat", 1) if b"Logement" in kept else kept + b"\nother,Autre,Other,99,Other\n")
    found = landed.stale()
    path.write_bytes(kept)
    assert {"one", "contrat_fictif"} <= found
    assert {"one", "contrat_fictif"} <= landed.stale(), "and back"
    assert landed.stale() == set()


def test_a_change_of_the_sql_concerns_all(landed: LandedProject) -> None:
    landed.land("contracts/all.csv", [contract("one")])
    landed.stale()
    macro = landed.project / "macros" / "engines" / "euros.sql"
    kept = macro.read_bytes()
    macro.write_bytes(kept + b"\n")
    found = landed.stale()
    macro.write_bytes(kept)
    assert {"one", "contrat_fictif"} <= found


def test_a_stopped_load_leaves_the_tables_as_they_were(landed: LandedProject) -> None:
    landed.land("contracts/all.csv", [contract("one")])
    landed.land("financial_lines/one.csv", [line("line_one", "one", 1)])
    landed.stale()
    before = landed.rows("from landing.files order by file")
    landed.land("contracts/all.csv", [contract("two")])
    landed.land("financial_lines/one.csv", [line("line_one", "one", 1) | {"montant": "1"}])
    with pytest.raises(DefectiveFilesError, match=r"landing/financial_lines/one.csv, line 1: financial_lines has no column 'montant'"):
        landed.load()
    assert landed.rows("from landing.files order by file") == before
    assert landed.rows("select contract_code from landing.contracts") == [("one",)]
    landed.remove("financial_lines/one.csv")


def test_tables_of_another_form_are_loaded_anew(landed: LandedProject) -> None:
    landed.land("contracts/all.csv", [contract("one")])
    landed.load()
    landed.connection.execute("insert into landing.contracts (contract_code) values ('gone')")
    landed.connection.execute("alter table landing.funds add column more integer")
    landed.load()
    assert landed.rows("select contract_code from landing.contracts") == [("one",)]


def test_columns_stand_in_any_order_and_parquet_holds_any_type_but_floating_point(landed: LandedProject) -> None:
    folder = landed.project / "landing" / "funds"
    landed.land("funds/plain.csv", [{"fund_code": "csv", "label_fr": " F "}])
    landed.land("funds/swapped.csv", [{"label_fr": "F", "fund_code": "csv_swapped"}])
    pq.write_table(pa.table({"fund_code": [12], "label_fr": ["F"]}), folder / "b.parquet")
    days = pa.array([0, 86_400_000_000_000], pa.timestamp("ns"))
    pq.write_table(
        pa.table({"contract_code": ["p", "q"], "label_fr": ["P", "Q"], "contract_type_code": ["fund"] * 2, "signed_on": days}),
        landed.project / "landing" / "contracts.parquet",
    )
    (landed.project / "landing" / "contracts").mkdir()
    (landed.project / "landing" / "contracts.parquet").rename(landed.project / "landing" / "contracts" / "days.parquet")
    landed.load()
    query = "select fund_code, label_fr, split_part(landing_file, '/', 3) from landing.funds order by 1"
    assert landed.rows(query) == [("12", "F", "b.parquet"), ("csv", "F", "plain.csv"), ("csv_swapped", "F", "swapped.csv")]
    assert landed.rows("select signed_on from landing.contracts order by 1") == [("1970-01-01",), ("1970-01-02",)]


def test_an_open_quote_at_the_end_of_one_of_many_files_is_told(landed: LandedProject) -> None:
    for name in ("a", "b", "c"):
        landed.land(f"funds/{name}.csv", [{"fund_code": name, "label_fr": "F"}])
    path = landed.project / "landing" / "funds" / "b.csv"
    path.write_text('fund_code,label_fr\nb,"F\n', encoding="utf-8")
    landed.load()
    assert landed.rows("select file, line_number, rule from landing.unreadable_rows") == [("landing/funds/b.csv", 2, "quotes")]
    assert landed.rows("select fund_code from landing.funds order by 1") == [("a",), ("c",)]


CONTENT_OF_MANY_LINES = """fund_code,label_fr

a,A

b,"two
lines"
d,D,x
c,C
"""


@pytest.mark.parametrize(
    ("content", "steps"),
    [
        ("fund_code,label_fr\na,A\nb,B", [(1, 1)]),
        ("fund_code,label_fr\r\na,A\r\nb,B\r\n", [(1, 1)]),
        (CONTENT_OF_MANY_LINES, [(1, 2), (2, 3), (3, 5)]),
        ("fund_code,label_fr\n", [(1, 1)]),
    ],
    ids=["no last line end", "CRLF", "empty, double and unreadable lines", "no row"],
)
def test_where_rows_and_lines_part_is_kept(landed: LandedProject, content: str, steps: list[tuple[int, int]]) -> None:
    folder = landed.project / "landing" / "funds"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_bytes(content.encode())
    landed.load()
    assert landed.rows("select first_row, lines_before from landing.line_steps where file like 'landing/%' order by 1") == steps
    assert landed.rows("select first_row, lines_before from landing.line_steps where file = 'seeds/money_units.csv'") == [(1, 1)]
    (folder / "a.csv").unlink()
    landed.load()
    assert landed.rows("select * from landing.line_steps where file like 'landing/%'") == []


def test_files_that_cannot_be_read_as_a_whole_are_told_with_what_to_do(landed: LandedProject) -> None:
    folder = landed.project / "landing" / "contracts"
    landed.land("contracts/good.csv", [contract("good")])
    pq.write_table(pa.table({"contract_code": [str(number) for number in range(1000)]}), folder / "cut.parquet")
    content = (folder / "cut.parquet").read_bytes()
    (folder / "cut.parquet").write_bytes(content[: len(content) // 2])
    header = "contract_code,label_fr,contract_type_code\n"
    files = {
        "latin.csv": (header + "a,Contrat,fund\nb,Été,fund\n").encode("latin-1"),
        "table.csv": b"PK\x03\x04 a workbook",
        "empty.csv": b"\xef\xbb\xbf\n",
        "null.csv": (header + "a,A\0,fund\n").encode(),
        "late_header.csv": ("\n" + header + "a,A,fund\n").encode(),
        "ends.csv": (header + "a,A,fund\r\nb,B,fund\n").encode(),
        "text.parquet": header.encode(),
        ".hidden.csv": header.encode(),
        ".DS_Store": b"of a program",
    }
    for name, damaged in files.items():
        (folder / name).write_bytes(damaged)
    (folder / "link.csv").symlink_to(folder / "good.csv")
    (folder / "broken.csv").symlink_to(folder / "nowhere.csv")
    (folder.parent / "funds").symlink_to(folder)
    os.mkfifo(folder / "pipe.csv")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xe9t\xe9.csv")).write_text(header, encoding="utf-8")
    sound, defects = find_files(landed.project)
    assert [file.name for file in sound] == ["landing/contracts/good.csv"]
    told = {(defect.file.removeprefix("landing/"), defect.line): f"{defect.message}; {defect.advice}" for defect in defects}
    expected = {
        ("contracts/.hidden.csv", None): "is hidden; rename it, or remove it",
        ("contracts/broken.csv", None): "is a link; put the file itself there",
        ("contracts/cut.parquet", None): "is no Parquet file (",
        ("contracts/empty.csv", None): "is empty; write the header line, or remove the file",
        ("contracts/ends.csv", None): "line ends are 1 × CRLF and 2 × LF; save it with LF or CRLF throughout",
        ("contracts/late_header.csv", 1): "begins with an empty line; remove it",
        ("contracts/latin.csv", 3): "is not UTF-8; save the file as CSV UTF-8",
        ("contracts/link.csv", None): "is a link; put the file itself there",
        ("contracts/null.csv", 2): "holds a null byte; write the file again; it is damaged",
        ("contracts/pipe.csv", None): "is no file; remove it",
        ("contracts/table.csv", 1): "is no CSV text in UTF-8; save it as CSV UTF-8 with commas",
        ("contracts/text.parquet", None): "is no Parquet file (",
        ("contracts/\\udce9t\\udce9.csv", None): "has a name that is no readable text; rename the file",
        ("funds", None): "is a link; put the file itself there",
    }
    assert set(told) == set(expected)
    assert [place for place, text in told.items() if not text.startswith(expected[place])] == []


def test_plain_dbt_stops_in_a_sentence_at_a_file_that_cannot_be_read(landed: LandedProject) -> None:
    (landed.project / "landing" / "contracts").mkdir(parents=True)
    (landed.project / "landing" / "contracts" / "latin.csv").write_bytes("contract_code\nété\n".encode("latin-1"))
    run = run_dbt("seed", "--select", "stages", project=landed.project)
    assert not run.success
    assert "Traceback" not in run.text
    assert "landing/contracts/latin.csv, line 2: is not UTF-8; save the file as CSV UTF-8" in run.text
