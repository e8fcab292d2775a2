select
    territory_type_code || '_' || lower(official_code) as official_territory_code,
    territory_type_code,
    official_code,
    siren,
    label_fr,
    legal_form,
    epci_code,
    departement_code,
    region_code,
    population,
    population_year,
    valid_from_year,
    valid_to_year,
    successor_code,
    successor_share_percent
from {{ source('official', 'territories') if target.type == 'duckdb' else accepted_file('official_territories') }}
