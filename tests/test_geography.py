"""Official territories: what a code leads to, what the reference holds, how it is made, and what the warehouse says of places."""

import io
import json
import tarfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from contracts.add.territories import ORIGIN, TERRITORIES, UnknownTerritoryError, official_territory
from contracts.common.project import open_warehouse, run_dbt
from contracts.common.texts import has_valid_check_digit
from contracts.use.report.outlines import read_outlines
from tools import geography as geography_reference
from tools.geography import EDITIONS, PackageError, refresh

# --- codes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "kind", "expected", "note"),
    [
        ("59350", None, "commune_lille", None),
        ("commune:59350", None, "commune_lille", None),
        ("commune_59001", None, "commune_59001", None),
        ("2A004", None, "commune_2a004", None),
        ("2a004", "commune", "commune_2a004", None),
        ("59", None, "departement_nord", None),
        ("32", "region", "region_hdf", None),
        ("region:32", None, "region_hdf", None),
        ("200093201", None, "epci_mel", None),
        ("200 093 201", None, "epci_mel", None),
        ("20009320100016", None, "epci_mel", None),
        ("215903501", None, "commune_lille", None),
        ("59350.0", None, "commune_lille", None),
        ("2691", None, "commune_saint_quentin", "2691 lost its leading zero and is read as 02691 Saint-Quentin"),
        ("2", "departement", "departement_aisne", "2 lost its leading zero and is read as 02 Aisne"),
        ("59540", None, "commune_dunkerque", "59540 Saint-Pol-sur-Mer is out of use since 2011: 59183 Dunkerque replaced it"),
        (
            "1340",
            None,
            "commune_01015",
            "1340 lost its leading zero and is read as 01340 Saint-Bois; 01340 Saint-Bois is out of use since 2016: ",
        ),
        ("246201149", None, "epci_grand_calais", "246201149 CA du Calaisis is out of use since 2020: 200090751 CA Grand Calais"),
        ("200071157", None, "epci_200096634", "200096634 CC des Hautes Vosges holds 60 % of its inhabitants, the others live elsewhere"),
    ],
)
def test_a_code_leads_to_the_territory_of_today(code: str, kind: str | None, expected: str, note: str | None) -> None:
    found = official_territory(code, kind)
    assert found.territory.territory_code == expected
    assert (found.note is None) == (note is None)
    assert note is None or note in found.note


@pytest.mark.parametrize(
    ("code", "kind", "reason", "message"),
    [
        ("", None, "unknown", "the code is empty"),
        ("59999", None, "unknown", "« 59999 » is no official code: communes have 5 characters (59350)"),
        ("59350", "departement", "unknown", "« 59350 » is no departement code"),
        ("59350", "town", "unknown", "« town » is no kind of official territory: write one of commune, epci, departement, region"),
        ("Lille", None, "unknown", "« Lille » is no official code"),
        ("32", None, "ambiguous", "32 is both departement:32 Gers and region:32 Hauts-de-France: write which one"),
        ("200093202", None, "check_digit", "200093202 has a wrong check digit: a digit is mistyped"),
        ("123456782", None, "unknown", "123456782 is the SIREN of no commune or intercommunality in the official reference"),
        ("215903501", "epci", "unknown", "215903501 is the SIREN of no epci in the official reference"),
    ],
)
def test_a_bad_code_says_what_to_do(code: str, kind: str | None, reason: str, message: str) -> None:
    with pytest.raises(UnknownTerritoryError) as caught:
        official_territory(code, kind)
    assert caught.value.reason == reason
    assert message in str(caught.value)


def test_an_ambiguous_code_gives_its_candidates() -> None:
    with pytest.raises(UnknownTerritoryError) as caught:
        official_territory("32")
    assert [each.territory_code for each in caught.value.candidates] == ["departement_32", "region_hdf"]


def test_check_digits() -> None:
    assert has_valid_check_digit("200093201")
    assert not has_valid_check_digit("200093210")
    assert has_valid_check_digit("35600000009075"), "La Poste adds up to a multiple of five"


# --- the reference --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reference() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.register("territories", pq.read_table(TERRITORIES))
    return connection


def test_the_reference_is_whole(reference: duckdb.DuckDBPyConnection) -> None:
    found = reference.execute(
        "select territory_type_code || case when successor_code is null then '_current' else '_obsolete' end, count(*) "
        "from territories group by all"
    ).fetchall()
    assert dict(found) == json.loads(ORIGIN.read_text(encoding="utf-8"))["counts"]
    assert dict(found)["commune_current"] > 34_000
    assert reference.execute("select count(*) - count(distinct (territory_type_code, official_code)) from territories").fetchone() == (0,)


def test_every_code_leads_to_one_in_use(reference: duckdb.DuckDBPyConnection) -> None:
    current = "select territory_type_code, official_code from territories where successor_code is null"
    dangling = reference.execute(
        "select official_code from territories where successor_code is not null "
        f"and (territory_type_code, successor_code) not in ({current})"
    ).fetchall()
    assert dangling == []


def test_levels_add_up(reference: duckdb.DuckDBPyConnection) -> None:
    reference.execute("create or replace view standing as select * from territories where successor_code is null")
    for kind in ("epci", "departement", "region"):
        below = (
            f"select {kind}_code as code, sum(population) as inhabitants from standing where territory_type_code = 'commune' group by all"
        )
        wrong = reference.execute(
            f"select official_code from standing left join ({below}) on official_code = code "
            f"where territory_type_code = '{kind}' and population is distinct from inhabitants"
        ).fetchall()
        assert wrong == [], kind


def test_every_siren_has_its_check_digit(reference: duckdb.DuckDBPyConnection) -> None:
    numbers = [number for (number,) in reference.execute("select siren from territories where siren is not null").fetchall()]
    assert len(numbers) > 36_000
    assert [number for number in numbers if not has_valid_check_digit(number)] == []


def test_outlines_are_those_of_metropolitan_departements(reference: duckdb.DuckDBPyConnection) -> None:
    outlines = read_outlines()
    codes = {
        code
        for (code,) in reference.execute(
            "select official_code from territories where territory_type_code = 'departement' and region_code not in "
            "('01', '02', '03', '04', '06') and length(official_code) = 2"
        ).fetchall()
    }
    assert set(outlines.by_code) == codes
    assert "CC BY 4.0" in outlines.attribution
    width, height = outlines.view_box[2:]
    for outline in outlines.by_code.values():
        left, top, wide, high = outline.box
        assert 0 <= left < left + wide <= width and 0 <= top < top + high <= height, outline.code
        assert outline.path.startswith("M") and outline.path.endswith("z")
    assert outlines.box_of(["59", "62"])[2] > outlines.by_code["59"].box[2]


# --- how it is made -------------------------------------------------------------------------------------------------


def commune(code: str, label: str, population: int, old: list[str] | None = None, **more: str) -> dict:
    values = {"code": code, "nom": label, "type": "commune-actuelle", "departement": code[:2], "region": "99", "population": population}
    return values | ({"anciensCodes": old} if old else {}) | more


def epci(code: str, label: str, *members: str) -> dict:
    return {"code": code, "nom": label, "type": "CC", "membres": [{"code": member} for member in members]}


def pack(folder: Path, package: str, version: str, files: dict[str, str]) -> None:
    """A package archive as npm pack makes it."""
    with tarfile.open(folder / geography_reference.archive_name(package, version), "w:gz") as archive:
        for name, text in {"package.json": "{}", **files}.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """Archives of a small country: B merges into A in 2022, the intercommunality of C is split, and the code of D changed long ago."""
    before = [commune("98001", "A", 100), commune("98002", "B", 50), commune("98003", "C", 30), commune("98005", "E", 10)]
    after = [commune("98001", "A-et-B", 155, ["98002"]), commune("98003", "C", 30, ["98004"]), commune("98005", "E", 10)]
    history = [{"type": "COM", "code": "98004", "nom": "D", "dateFin": "1970-01-01"}]
    for year, version in EDITIONS.items():
        lists = {
            "communes": before if year < 2022 else after,
            "epci": [epci("200000001", "CC C et E", "98003", "98005")]
            if year < 2024
            else [epci("200000002", "CC C", "98003"), epci("200000003", "CC E", "98005")],
            "departements": [{"code": "98", "nom": "Département", "region": "99"}],
            "regions": [{"code": "99", "nom": "Région"}],
            "historique-communes": history,
        }
        files = {f"data/{name}.json": json.dumps(rows) for name, rows in lists.items()}
        pack(tmp_path, geography_reference.GEOGRAPHY_PACKAGE, version, files)
    drawn = {"viewBox": "0 0 10 20", "locations": [{"id": "98", "name": "Département", "path": "m 1,1 2,0 0.04,0.04 0,2 z"}]}
    index = {"index.js": f"export default {json.dumps(drawn)}"}
    pack(tmp_path, geography_reference.OUTLINES_PACKAGE, geography_reference.OUTLINES_VERSION, index)
    return tmp_path


def test_editions_give_merged_communes_and_split_intercommunalities(packages: Path) -> None:
    counts = refresh(packages, packages / "t.parquet", packages / "o.json", packages / "origin.json")
    assert counts == {
        "region_current": 1,
        "departement_current": 1,
        "epci_current": 2,
        "epci_obsolete": 1,
        "commune_current": 3,
        "commune_obsolete": 2,
    }
    rows = {row["official_code"]: row for row in pq.read_table(packages / "t.parquet").to_pylist()}
    assert (rows["98002"]["label_fr"], rows["98002"]["valid_to_year"], rows["98002"]["successor_code"]) == ("B", 2021, "98001")
    assert (rows["98004"]["label_fr"], rows["98004"]["valid_to_year"], rows["98004"]["successor_code"]) == ("D", 1969, "98003")
    split = rows["200000001"]
    assert (split["valid_to_year"], split["successor_code"], split["successor_share_percent"]) == (2023, "200000002", Decimal("75.00"))
    assert (rows["200000002"]["valid_from_year"], rows["98001"]["valid_from_year"]) == (2024, None)
    assert (rows["98"]["population"], rows["99"]["population"], rows["200000003"]["population"]) == (195, 195, 10)
    outline = read_outlines(packages / "o.json").by_code["98"]
    assert (outline.path, outline.box) == ("M10,10l20,0 0,20z", (10, 10, 20, 20))
    first = (packages / "t.parquet").read_bytes()
    refresh(packages, packages / "t.parquet", packages / "o.json", packages / "origin.json")
    assert (packages / "t.parquet").read_bytes() == first


def test_a_package_of_another_layout_says_so(packages: Path) -> None:
    pack(packages, geography_reference.GEOGRAPHY_PACKAGE, EDITIONS[2019], {"data/communes.json": "[]"})
    with pytest.raises(PackageError, match=r"etalab-decoupage-administratif-0\.7\.0\.tgz has no data/epci\.json: the layout"):
        refresh(packages, packages / "t.parquet", packages / "o.json", packages / "origin.json")


def test_without_npm_the_missing_archives_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        PackageError, match=r"npm is not installed: install it, or put these archives into .*decoupage-administratif@6\.0\.0"
    ):
        refresh(tmp_path)


# --- places in the warehouse ----------------------------------------------------------------------------------------


def test_perimeters_have_their_members_and_population(warehouse: duckdb.DuckDBPyConnection) -> None:
    members = dict(
        warehouse.execute("select territory_code, count(*) from staging.stg_contracts__territory_members group by all").fetchall()
    )
    assert (members["bassin_minier"], members["sambre_avesnois_thierache"], members["sambre_avesnois"]) == (8, 8, 4)
    rows = warehouse.execute(
        "select territory_key, population, population_caveat from star.dim_territory where territory_type_code = 'perimeter'"
    ).fetchall()
    population = {key: inhabitants for key, inhabitants, _ in rows}
    # the documents print 1,2 million and 305 000 for 2017 and 2018
    assert 1_200_000 < population["bassin_minier"] < 1_300_000
    assert 285_000 < population["sambre_avesnois_thierache"] < 305_000
    assert [key for key, inhabitants, caveat in rows if (inhabitants is None) != (caveat is not None)] == []
    assert ("amienois", None, "not all of its members are known") in rows


def test_shares_of_a_straddling_perimeter_add_up(warehouse: duckdb.DuckDBPyConnection) -> None:
    shares = warehouse.execute(
        "select territory_key, sum(population_share_percent) from star.bridge_territory_ancestor "
        "where ancestor_type_code = 'departement' and territory_key in (select territory_key from star.dim_territory "
        "where territory_type_code = 'perimeter' and population is not null) group by all"
    ).fetchall()
    assert len(shares) > 5
    assert [row for row in shares if abs(row[1] - 100) > Decimal("0.02")] == []
    halves = warehouse.execute(
        "select ancestor_territory_key, population_share_percent from star.bridge_territory_ancestor "
        "where territory_key = 'bassin_minier' and ancestor_type_code = 'departement' order by all"
    ).fetchall()
    assert [key for key, _ in halves] == ["departement_nord", "departement_pas_de_calais"]
    assert all(40 < share < 60 for _, share in halves)


@pytest.mark.parametrize(
    ("place", "epci", "departement", "region"),
    [
        ("commune_lille", "Métropole européenne de Lille", "59", "32"),
        ("commune_saint_pol_sur_mer", "Communauté urbaine de Dunkerque", "59", "32"),
        ("neighbourhood_fives_cail", "Métropole européenne de Lille", "59", "32"),
        ("neighbourhood_blanc_seau", "Métropole européenne de Lille", "59", "32"),
        ("amienois", None, "80", "32"),
        ("calaisis", None, "62", "32"),
        ("bassin_minier", None, None, "32"),
        ("canal_seine_nord_corridor", None, None, "32"),
        ("former_region_picardie", None, None, "32"),
        ("ti_vallee_bresle_somme", None, None, None),
        ("france", None, None, None),
    ],
)
def test_single_holders_stand_as_columns(
    warehouse: duckdb.DuckDBPyConnection, place: str, epci: str | None, departement: str | None, region: str | None
) -> None:
    found = warehouse.execute(
        "select epci_label_fr, departement_code, region_code from star.dim_territory where territory_key = ?", [place]
    ).fetchone()
    assert found == (epci, departement, region)


def test_former_regions_are_made_of_the_departements_of_the_new_ones(warehouse: duckdb.DuckDBPyConnection) -> None:
    former = warehouse.execute(
        "select parents.official_code, members.member_territory_code, places.departement_code, places.region_code "
        "from staging.stg_contracts__territories as territories "
        "inner join staging.stg_contracts__territory_members as members using (territory_code) "
        "inner join star.dim_territory as places on members.member_territory_code = places.territory_key "
        "inner join star.dim_territory as parents on territories.parent_territory_code = parents.territory_key "
        "where territories.territory_type_code = 'former_region'"
    ).fetchall()
    assert [row for row in former if row[0] != row[3]] == []
    listed = [code for _, _, code, _ in former]
    assert len(listed) == len(set(listed))
    merged = {row[0] for row in former}
    places = warehouse.execute(
        "select region_code, official_code from star.dim_territory where territory_type_code = 'departement'"
    ).fetchall()
    assert (len(merged), set(listed)) == (7, {code for region, code in places if region in merged})


def test_money_of_a_perimeter_is_counted_in_one_place(warehouse: duckdb.DuckDBPyConnection) -> None:
    # a row of the facts stands at one territory, and once under each territory that holds it
    repeated = warehouse.execute(
        "select ancestor_territory_key, count(*) - count(distinct funding_row_key) as repeated from star.fct_funding "
        "inner join star.bridge_territory_ancestor using (territory_key) group by all having repeated > 0"
    ).fetchall()
    assert repeated == []
    # a perimeter and its members share no row, so that both sums may be added
    groups = warehouse.execute(
        "select list_append(list(member_territory_code), territory_code) from staging.stg_contracts__territory_members "
        "group by territory_code"
    ).fetchall()
    sums = [
        [
            warehouse.execute(f"select sum(contracted_eur) from {table} where list_contains(?, territory_key)", [keys]).fetchone()
            for table in ("marts.funding_by_territory", "star.fct_funding")
        ]
        for (keys,) in groups
    ]
    assert len(sums) > 20
    assert [row for row in sums if row[0] != row[1]] == []
    # and a perimeter's money is spread by the estimate, not repeated
    spread = warehouse.execute(
        "select sum(contracted_eur) from marts.funding_by_departement_estimated where contract_key = 'erbm_2017_2027'"
    ).fetchone()
    assert spread == warehouse.execute("select sum(contracted_eur) from star.fct_funding where contract_key = 'erbm_2017_2027'").fetchone()


def test_the_estimate_shares_by_inhabitants_to_the_cent(warehouse: duckdb.DuckDBPyConnection) -> None:
    total, nord, nord_share = warehouse.execute(
        "select sum(contracted_eur), sum(contracted_eur) filter (where departement_code = '59'), "
        "(select population from intermediate.int_territory_departements where territory_code = 'bassin_minier' "
        "and departement_code = 'departement_nord') / (select population from star.dim_territory where territory_key = 'bassin_minier') "
        "from marts.funding_by_departement_estimated where contract_key = 'erbm_2017_2027' and spread_basis = 'by_population'"
    ).fetchone()
    assert abs(float(nord) - float(total) * nord_share) < 0.02


def test_amounts_per_inhabitant(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.execute(
        "select contracted_inside_eur, population, contracted_eur_per_inhabitant, population_caveat from marts.funding_by_territory"
    ).fetchall()
    for amount, inhabitants, rate, caveat in rows:
        assert (rate is None) == (amount is None or inhabitants is None)
        assert (inhabitants is None) == (caveat is not None)
        assert rate is None or abs(rate * inhabitants - amount) <= Decimal("0.005") * inhabitants


# --- places in the seeds --------------------------------------------------------------------------------------------


def added(**values: str) -> Callable[[list[dict[str, str]]], None]:
    """An edit that adds one row."""

    def add(rows: list[dict[str, str]]) -> None:
        rows.append(values)

    return add


def test_bad_official_codes_are_named(second_project: Path, changed_seed: Callable) -> None:
    def territories(rows: list[dict[str, str]]) -> None:
        for code, official in (("zero_lost", "2691"), ("out_of_use", "59540"), ("nowhere", "59999")):
            rows.append({"territory_code": code, "label_fr": code, "territory_type_code": "commune", "official_code": official})

    changed_seed("territories", territories)
    changed_seed("partners", added(partner_code="ville_x", label_fr="Ville X", partner_type_code="commune", siren="123456782"))
    run = run_dbt("build", "--exclude-resource-type", "unit_test", "--select", "+no_unaccepted_errors", project=second_project)
    assert not run.success
    for part in (
        "subject_code: zero_lost · expected: 02691 · found: 2691 · reason: the leading zero is lost: 02691 is Saint-Quentin",
        "subject_code: nowhere",
        "no edition of the official reference has this commune",
    ):
        assert part in run.text, f"{part!r} is not in what the analyst reads:\n{run.text[-3000:]}"
    with open_warehouse(second_project / "warehouse.duckdb") as connection:
        published = connection.execute(
            "select expected, reason from quality.discrepancies where rule_id = 'official_code_is_current' and subject_code = 'out_of_use'"
        ).fetchone()
        unknown_siren = connection.execute(
            "select reason from quality.discrepancies where rule_id = 'siren_is_official' and subject_code = 'ville_x'"
        ).fetchone()
    assert unknown_siren == ("no edition of the official reference has it: look the name up, or leave the SIREN empty",)
    assert published == ("59183", "the code is out of use since 2011: its inhabitants are counted in 59183 Dunkerque")


def test_loops_and_second_codes_stop_the_build(second_project: Path, changed_seed: Callable) -> None:
    def territories(rows: list[dict[str, str]]) -> None:
        base = {"territory_type_code": "commune", "official_code": ""}
        rows.append(base | {"territory_code": "lille", "label_fr": "Lille", "official_code": "59350", "parent_territory_code": "quartier"})
        rows.append(base | {"territory_code": "quartier", "label_fr": "Quartier", "parent_territory_code": "lille"})

    changed_seed("territories", territories)
    changed_seed("territory_members", added(territory_code="vallee_exemple", member_territory_code="vallee_exemple"))
    staging = ("path:seeds", "path:models/staging", "+territory_naming_is_sound")
    run = run_dbt("build", "--exclude-resource-type", "unit_test", "--select", *staging, project=second_project)
    assert not run.success
    for part in (
        "column parent_territory_code: 'lille' leads back to itself by way of 'quartier'",
        "column member_territory_code: 'vallee_exemple' leads back to itself by way of 'vallee_exemple'",
    ):
        assert part in run.text, f"{part!r} is not in what the analyst reads:\n{run.text[-3000:]}"

    def contracts(rows: list[dict[str, str]]) -> None:
        rows[0]["territory_code"] = "commune_59350"

    changed_seed("contracts", contracts)
    run = run_dbt("build", "--select", "+gate", project=second_project)
    assert "seeds/contracts.csv, line 2, column territory_code: 'commune_59350' is called lille here: write that code" in run.text


@pytest.mark.slow
def test_the_reference_is_what_the_packages_give(tmp_path: Path) -> None:
    try:
        geography_reference.fetch(tmp_path)
    except PackageError as error:
        pytest.skip(f"the packages cannot be downloaded here: {error}")
    refresh(tmp_path, tmp_path / "t.parquet", tmp_path / "o.json", tmp_path / "origin.json")
    assert pq.read_table(tmp_path / "t.parquet").equals(pq.read_table(TERRITORIES))
    assert read_outlines(tmp_path / "o.json") == read_outlines()
