with territories as (
    {{ seed_and_landing('territories') }}
)

select
    trim(territory_code) as territory_code,
    trim(label_fr) as label_fr,
    trim(territory_type_code) as territory_type_code,
    trim(official_code) as official_code,
    trim(parent_territory_code) as parent_territory_code,
    cast(valid_from_year as integer) as valid_from_year,
    cast(valid_to_year as integer) as valid_to_year,
    trim(members_basis) as members_basis,
    trim(note) as note,
    landing_file
from territories
