with territory_members as (
    {{ seed_and_landing('territory_members') }}
)

select
    cast(trim(territory_code) as varchar) as territory_code,
    cast(trim(member_territory_code) as varchar) as member_territory_code,
    landing_file
from territory_members
