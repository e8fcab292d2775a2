with members as (
    select * from {{ ref('stg_contracts__partner_group_members') }}
)

select
    partner_group_code as partner_group_key,
    partner_code as member_partner_key
from members
