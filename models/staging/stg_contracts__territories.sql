with territories as (
    {{ seed_and_landing('territories') }}
)

select
    territory_code,
    label_fr,
    territory_type_code,
    official_code,
    parent_territory_code,
    cast(valid_from_year as integer) as valid_from_year,
    cast(valid_to_year as integer) as valid_to_year,
    members_basis,
    note,
    landing_file
from territories
