with partner_group_members as (
    {{ seed_and_landing('partner_group_members') }}
)

select
    cast(trim(partner_group_code) as varchar) as partner_group_code,
    cast(trim(partner_code) as varchar) as partner_code,
    landing_file
from partner_group_members
