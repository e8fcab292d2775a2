with territories as (
    {{ seed_and_landing('territories') }}
)

select
    cast(trim(territory_code) as varchar) as territory_code,
    cast(trim(label_fr) as varchar) as label_fr,
    cast(trim(territory_type_code) as varchar) as territory_type_code,
    cast(trim(official_code) as varchar) as official_code,
    cast(trim(parent_territory_code) as varchar) as parent_territory_code,
    cast(valid_from_year as integer) as valid_from_year,
    cast(valid_to_year as integer) as valid_to_year,
    cast(trim(members_basis) as varchar) as members_basis,
    cast(trim(note) as varchar) as note,
    landing_file
from territories
