with territories as (
    {{ accepted_rows('territories') }}
)

select
    territory_code,
    label_fr,
    territory_type_code,
    official_code,
    parent_territory_code,
    try_cast(valid_from_year as integer) as valid_from_year,
    try_cast(valid_to_year as integer) as valid_to_year,
    members_basis,
    note,
    landing_file
from territories
