"""The census: what looks like money is found, explained or named, and a text that changed is recognised."""

import hashlib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from contracts.add.census import find_money, take_census
from contracts.add.surroundings import REACH, Seeds, Surroundings, Unnamed
from contracts.cli import app
from contracts.common.project import PROJECT

SOURCES = PROJECT.parent / "shared" / "sources"

TEXT = "\n".join(
    [
        "Convention de la vallée",
        "L'État apporte 43.35M€ au projet, soit un million",
        "d'euros de plus, et la Région près de 2 M",
        "d'€. Au total 155 millions de crédits publics",
        "pour 23 000 logements et 1,2 million d'habitants.",
        "Tableau : 15 918 695",
    ]
)

MENTIONS = [
    {"mention_code": "m1", "line_number": "2", "printed_figure": "43.35M€"},
    {"mention_code": "m2", "line_number": "2", "printed_figure": "un million"},
    {"mention_code": "m3", "line_number": "3", "printed_figure": "2 M"},
    {"mention_code": "m4", "line_number": "4", "printed_figure": "155 millions"},
    {"mention_code": "m5", "line_number": "5", "printed_figure": "23 000"},
    {"mention_code": "m6", "line_number": "6", "printed_figure": "15 918 695"},
]


def document(text: str = TEXT) -> dict[str, str]:
    fingerprint = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return {"document_code": "vallee", "sha256": fingerprint, "line_count": str(text.count("\n") + 1)}


@pytest.mark.parametrize(
    ("text", "number", "is_money"),
    [
        ("43.35M€", "43.35", True),
        ("2,165 milliards d’euros", "2,165", True),
        ("155 millions de crédits publics", "155", True),
        ("210 millions a minima", "210", True),
        ("un million\nd'euros", "un", True),
        ("7,6 M\n\n€ de travaux", "7,6", True),
        ("1.4 Md d'€", "1.4", True),
        ("1 mn d’€", "1", True),
        ("300k€", "300", True),
        ("3 186 368,61 euros", "3 186 368,61", True),
        ("jusqu’en 2020 155 M d’€", "155", True),
        ("12\u00a0000\u00a0euros", "12 000", True),
        ("15 918 695", "15 918 695", True),
        ("1,2 million d’habitants", "1,2", False),
        ("137 000 emplois", "137 000", False),
    ],
)
def test_money_is_told_from_counts(text: str, number: str, is_money: bool) -> None:
    found = {hit.number: hit.not_money is None for hit in find_money(text)}
    assert found[number] is is_money


@pytest.mark.parametrize("text", ["en 2015 et 2016", "8mn/an de saturation", "article 12 de la loi", "12 km de voies"])
def test_what_is_no_amount_is_left_alone(text: str) -> None:
    assert find_money(text) == []


def test_a_text_as_read_is_clean() -> None:
    result = take_census(document(), MENTIONS, TEXT.encode("utf-8"))
    assert result.is_clean
    assert result.state == "the text of the seeds"


def test_a_figure_without_mention_is_unexplained() -> None:
    result = take_census(document(), [mention for mention in MENTIONS if mention["mention_code"] != "m4"], TEXT.encode("utf-8"))
    assert [hit.line_number for hit in result.unexplained] == [4]


@pytest.mark.parametrize(
    ("content", "mended"),
    [
        (TEXT.replace("\n", "\r\n").encode("utf-8"), "LF instead of CRLF"),
        (b"\xef\xbb\xbf" + TEXT.encode("utf-8"), "byte order mark"),
        (TEXT.encode("cp1252"), "Windows-1252"),
    ],
    ids=["crlf", "byte order mark", "other encoding"],
)
def test_another_form_of_the_same_text_is_recognised(content: bytes, mended: str) -> None:
    result = take_census(document(), MENTIONS, content)
    assert result.is_clean
    assert result.state.startswith("the text of the seeds") and mended in result.state


def test_a_changed_text_names_both_fingerprints() -> None:
    changed = TEXT.replace("43.35M€", "43.36M€").encode("utf-8")
    result = take_census(document(), MENTIONS, changed)
    assert document()["sha256"] in result.state
    assert hashlib.sha256(changed).hexdigest() in result.state
    assert result.astray == {"m1": None}


def test_a_text_whose_lines_moved_gets_new_lines_proposed() -> None:
    moved = ("Une page de garde\n\n" + TEXT).encode("utf-8")
    result = take_census(document(), MENTIONS, moved)
    assert result.astray == {mention["mention_code"]: int(mention["line_number"]) + 2 for mention in MENTIONS}
    assert result.unexplained == []


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["census", str(tmp_path / "nowhere")])
    assert result.exit_code == 1
    assert "is no folder" in result.output
    assert "Traceback" not in result.output


def test_documents_that_are_not_there_are_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["census", str(tmp_path)])
    assert result.exit_code == 1
    assert "cper_npdc_2015_2020: no text of this document" in result.output.replace("\n", " ")
    assert "census: 0 documents (5 not there)" in result.output


SECTIONS = "\n".join(
    [
        "Volet routes",
        "L'État et l'ANRU financent le pont de la Deûle à Lille : 10 M€.",
        "Volet ports",
        "Nous paierons la digue, 20 M€, et les régions d'autres tra-",
        "vaux.",
        *["…"] * REACH,
        "À Amiens, l'Agence de l'eau apporte 30 M€.",
    ]
)


def line(code: str, funder: str = "", place: str = "", axis: str = "", operation: str = "", fund: str = "") -> dict[str, str]:
    return {
        "line_code": code,
        "recorded_on": "",
        "partner_code": funder,
        "territory_code": place,
        "axis_code": axis,
        "operation_code": operation,
        "fund_code": fund,
    }


def seeds(status: str, *lines: dict[str, str]) -> Seeds:
    def partner(code: str, label: str, kind: str, short: str = "") -> dict[str, str]:
        return {"partner_code": code, "label_fr": label, "short_label": short, "partner_type_code": kind}

    def place(code: str, label: str, kind: str, parent: str = "", official: str = "1") -> dict[str, str]:
        return {
            "territory_code": code,
            "label_fr": label,
            "territory_type_code": kind,
            "parent_territory_code": parent,
            "official_code": official,
        }

    return {
        "source_documents": [{"document_code": "doc", "document_status": status}],
        "document_headings": [
            {"document_code": "doc", "line_number": "1", "level": "1", "label_fr": "Volet routes"},
            {"document_code": "doc", "line_number": "3", "level": "1", "label_fr": "Volet ports"},
        ],
        "partners": [
            partner("etat", "État", "state"),
            partner("anru", "Agence nationale pour la rénovation urbaine", "state_operator", "ANRU"),
            partner("drac", "Direction régionale des affaires culturelles", "state_service", "DRAC"),
            partner("eau", "Agence de l'eau Artois-Picardie", "local_public_body"),
            partner("mel", "Métropole européenne de Lille", "epci"),
            partner("both", "Les deux payeurs", "group"),
            partner("region", "Région Hauts-de-France", "region"),
        ],
        "partner_aliases": [{"partner_code": "eau", "printed_name": "Agence de l’eau"}],
        "partner_group_members": [{"partner_group_code": "both", "partner_code": "anru"}],
        "territories": [
            place("lille", "Lille", "commune", "nord"),
            place("nord", "Nord", "departement"),
            place("amiens", "Amiens", "commune"),
            place("quai", "Quai de la Deûle", "perimeter", official=""),
        ],
        "territory_members": [],
        "axes": [{"axis_code": "ports", "label_fr": "Développer les ports"}],
        "operations": [
            {"operation_code": "pont", "label_fr": "Franchissement de la Deûle", "territory_code": "lille"},
            {"operation_code": "digue", "label_fr": "Digue", "territory_code": ""},
        ],
        "funds": [{"fund_code": "pia", "label_fr": "Programme d'investissements d'avenir (PIA)"}],
        "financial_lines": list(lines),
    }


def unnamed(number: int, row: dict[str, str], status: str = "signed") -> list[Unnamed]:
    mention = {
        "subject_type": "financial_line",
        "subject_code": row["line_code"],
        "subject_recorded_on": "",
        "line_number": str(number),
        "printed_figure": "10 M€",
    }
    return list(Surroundings(seeds(status, row), "doc", SECTIONS).unnamed(mention))


@pytest.mark.parametrize(
    ("number", "row", "status"),
    [
        (2, line("by its label", "etat", "lille"), "signed"),
        (2, line("by its short label", "anru"), "signed"),
        (2, line("a service as the State", "drac"), "signed"),
        (2, line("a member of its group", "both"), "signed"),
        (2, line("what the place holds", place="nord"), "signed"),
        (2, line("some words of a perimeter", place="quai"), "signed"),
        (2, line("words of the operation", operation="pont"), "signed"),
        (4, line("the heading above", axis="ports"), "signed"),
        (4, line("a campaign says we", "region"), "pledge"),
        (4, line("the only word of the operation", operation="digue"), "signed"),
        (36, line("by an alias", "eau", "amiens"), "signed"),
    ],
    ids=lambda value: value["line_code"] if isinstance(value, dict) else "",
)
def test_a_section_names_funder_place_and_subject(number: int, row: dict[str, str], status: str) -> None:
    assert unnamed(number, row, status) == []


@pytest.mark.parametrize(
    ("number", "row", "attribute", "looked_for"),
    [
        (2, line("another funder", "mel"), "funder", "Métropole européenne de Lille"),
        (4, line("the State of the section before", "etat"), "funder", "État"),
        (36, line("farther than the reach", "region"), "funder", "Région Hauts-de-France"),
        (2, line("another place", place="amiens"), "place", "Amiens"),
        (2, line("place of the operation", operation="digue", place="amiens"), "place", "Amiens"),
        (2, line("another axis", axis="ports"), "axis or operation", "Développer les ports"),
        (4, line("another operation", operation="pont"), "axis or operation", "Franchissement de la Deûle"),
    ],
    ids=lambda value: value["line_code"] if isinstance(value, dict) else "",
)
def test_what_a_section_does_not_name_is_listed(number: int, row: dict[str, str], attribute: str, looked_for: str) -> None:
    assert Unnamed(number, "10 M€", attribute, looked_for) in unnamed(number, row)


@pytest.mark.skipif(not SOURCES.is_dir(), reason=f"the document texts are not there: {SOURCES} is no folder")
def test_the_five_documents_hold_nothing_unexplained() -> None:
    result = CliRunner().invoke(app, ["census", str(SOURCES)])
    assert result.exit_code == 0, result.output
    last = result.output.strip().splitlines()[-1]
    assert "5 documents (0 not there)" in last
    assert " 0 unexplained" in last and last.endswith(" 0 not on their line")
    # what a section does not name is for a reader, and no failure: the list stays short enough to be read
    listed = sum("to be read: its section does not name" in each for each in result.output.splitlines())
    assert f" {listed} figures to read with their section" in last
    assert 0 < listed <= 20
