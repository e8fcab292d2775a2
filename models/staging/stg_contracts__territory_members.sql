with territory_members as (
    {{ accepted_rows('territory_members') }}
)

select
    territory_code,
    member_territory_code,
    landing_file
from territory_members
