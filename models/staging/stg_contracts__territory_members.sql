with territory_members as (
    {{ seed_and_landing('territory_members') }}
)

select
    territory_code,
    member_territory_code,
    landing_file
from territory_members
