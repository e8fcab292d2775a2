with territory_members as (
    {{ seed_and_landing('territory_members') }}
)

select
    trim(territory_code) as territory_code,
    trim(member_territory_code) as member_territory_code,
    landing_file
from territory_members
