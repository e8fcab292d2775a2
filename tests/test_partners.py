"""Names of partners: spellings lead to one partner, ambiguous ones to candidates, numbers count before names."""

import duckdb
import pytest

from contracts.add.partners import Partners, key_of, partners, resolve
from contracts.add.territories import geography, rows_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CA du Douaisis", "ca_douaisis"),
        ("Communauté d'agglomération du Douaisis (CAD)", "ca_douaisis"),
        ("COMMUNAUTE D’AGGLOMERATION DU DOUAISIS", "ca_douaisis"),
        ("Douaisis Agglo", "ca_douaisis"),
        ("CC Coeur d'Ostrevent", "cc_coeur_ostrevent"),
        ("Cœur d'Ostrevent (communauté de communes)", "cc_coeur_ostrevent"),
        ("Métropole Européenne de Lille", "mel"),
        ("LMCU", "mel"),
        ("Ville de Lille", "ville_lille"),
        ("Mairie de Lille", "ville_lille"),
        ("Département du Nord", "departement_nord"),
        ("Conseil général du Nord", "departement_nord"),
        ("Le Conseil départemental du Nord", "departement_nord"),
        ("CD 59", "departement_nord"),
        ("Conseil départemental de l'Aisne", "departement_aisne"),
        ("Conseil régional Hauts de France", "region_hdf"),
        ("Région Nord-Pas-de-Calais", "region_npdc"),
        ("l'Etat", "etat"),
        ("ANRU", "anru"),
        ("SMIRT", "smirt_npdc"),
        ("Caisse des Dépôts", "caisse_depots"),
        ("region_hdf", "region_hdf"),
        ("215903501", "ville_lille"),
        ("215 903 501 00017", "ville_lille"),
    ],
)
def test_a_spelling_leads_to_its_partner(name: str, expected: str) -> None:
    found = resolve(name)
    assert found.partner_code == expected
    assert (found.candidates, found.note) == ((), None)


@pytest.mark.parametrize(
    ("name", "candidates", "note"),
    [
        ("Région", ["region_hdf", "region_npdc", "region_picardie"], "« Région » does not say which one: add its name"),
        ("Agence de l'eau", ["agence_eau_artois_picardie", "agence_eau_seine_normandie"], "choose one of the candidates"),
        ("Caisse des dépots et consignation", ["caisse_depots"], "no partner is called « Caisse des dépots et consignation »"),
        ("Roubaix", [None], "« Roubaix » does not say what it is"),
        ("Ville de Saint-Denis", [None] * 4, "« Ville de Saint-Denis » means 4 bodies: give the SIREN"),
        ("Société inconnue", [], "no partner is called « Société inconnue »: add it to partners"),
        ("", [], "the name is empty"),
        ("215903510", [], "215903510 has a wrong check digit: a digit is mistyped"),
        ("123456782", [], "no partner has the SIREN 123456782, nor has a commune or intercommunality"),
        ("2159035010", [], "2159035010 is no SIREN (9 digits) or SIRET (14): a leading zero may be lost"),
    ],
)
def test_what_is_ambiguous_or_unknown_gives_candidates(name: str, candidates: list[str | None], note: str) -> None:
    found = resolve(name)
    assert found.match is None
    assert sorted((each.partner_code for each in found.candidates), key=str) == candidates
    assert note in found.note


def test_communes_of_one_name_are_told_apart() -> None:
    places = {each.place for each in resolve("Ville de Saint-Denis").candidates}
    assert places == {"département 11", "département 30", "département 93", "département 974"}


def test_an_official_body_that_is_no_partner_yet_is_found() -> None:
    found = resolve("Commune de Roubaix")
    assert (found.partner_code, found.match.siren, found.match.partner_type_code) == (None, "215905126", "commune")
    assert found.note == "Roubaix is an official body, but no partner yet: add it to partners"


def test_a_number_counts_before_the_name() -> None:
    assert resolve("Communauté urbaine de Dunkerque", "215903501").partner_code == "ville_lille"
    doubtful = resolve("Ville de Lille", "215903510")
    assert (doubtful.partner_code, doubtful.note) == ("ville_lille", "215903510 has a wrong check digit: a digit is mistyped")


def test_the_siren_of_a_dissolved_body_leads_to_its_successor() -> None:
    found = resolve("", "246201149")
    assert found.partner_code == "ca_grand_calais"
    assert "246201149 CA du Calaisis is out of use since 2020: 200090751 CA Grand Calais Terres et Mers replaced it" in found.note


def test_close_names_can_be_left_out() -> None:
    assert resolve("Caisse des dépots et consignation", close=False).candidates == ()


def test_every_alias_leads_to_its_partner_and_is_needed() -> None:
    aliases = rows_of("partner_aliases")
    without = Partners(rows_of("partners"), [], geography())
    assert [row["printed_name"] for row in aliases if partners().resolve(row["printed_name"]).partner_code != row["partner_code"]] == []
    assert [row["printed_name"] for row in aliases if without.resolve(row["printed_name"]).partner_code == row["partner_code"]] == []


def test_every_partner_is_found_by_its_own_label() -> None:
    rows = rows_of("partners")
    assert [row["label_fr"] for row in rows if resolve(row["label_fr"]).partner_code != row["partner_code"]] == []


def test_words_that_do_not_count() -> None:
    assert key_of("La Communauté d'Agglomération de la Porte du Hainaut") == ("epci", "porte hainaut")
    assert key_of("Cambrai") == (None, "cambrai")
    assert key_of("CAF du Nord") == (None, "caf nord")


def test_successors_are_followed_on_request(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = dict(warehouse.execute("select partner_key, current_partner_key from star.dim_partner").fetchall())
    assert (rows["region_npdc"], rows["region_picardie"], rows["region_hdf"], rows["etat"]) == (
        "region_hdf",
        "region_hdf",
        "region_hdf",
        "etat",
    )
    signed = warehouse.execute("select count(*) from marts.funding_by_partner where funder_key = 'region_npdc'").fetchone()
    assert signed[0] > 0, "the marts keep partners as signed"


def test_state_bodies_have_the_state_as_root(warehouse: duckdb.DuckDBPyConnection) -> None:
    loose = warehouse.execute(
        "select partner_key from star.dim_partner where partner_type_code in ('state_service', 'state_operator') "
        "and root_partner_type_code <> 'state'"
    ).fetchall()
    assert loose == []
