select
    cast(trim(partner_group_code) as varchar) as partner_group_code,
    cast(trim(partner_code) as varchar) as partner_code
from {{ ref('partner_group_members') }}
