with partner_group_members as (
    {{ seed_and_landing('partner_group_members') }}
)

select
    trim(partner_group_code) as partner_group_code,
    trim(partner_code) as partner_code,
    landing_file
from partner_group_members
