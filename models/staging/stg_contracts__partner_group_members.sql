with partner_group_members as (
    {{ accepted_rows('partner_group_members') }}
)

select
    partner_group_code,
    partner_code,
    landing_file
from partner_group_members
