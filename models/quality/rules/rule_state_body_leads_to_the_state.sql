with recursive partners as (
    select * from {{ ref('stg_contracts__partners') }}
),

climbs as (
    select
        partner_code,
        partner_code as above_code
    from partners
    where partner_type_code in ('state_service', 'state_operator')

    union

    select
        climbs.partner_code,
        partners.parent_partner_code as above_code
    from climbs
    inner join partners on climbs.above_code = partners.partner_code
    where partners.parent_partner_code is not null
),

roots as (
    select
        climbs.partner_code,
        bool_or(partners.partner_type_code = 'state') as is_of_the_state,
        arg_min(climbs.above_code, partners.parent_partner_code is not null) as root_code
    from climbs
    inner join partners on climbs.above_code = partners.partner_code
    group by climbs.partner_code
)

select
    'state_body_leads_to_the_state' as rule_id,
    'partner' as subject_type,
    partner_code as subject_code,
    cast(null as varchar) as contract_code,
    'a chain of parents up to the State' as expected,
    root_code as found,
    cast(null as decimal(18, 2)) as difference,
    case when is_of_the_state then 'pass' else 'fail' end as status,
    'services and operators of the State count under it; fill parent_partner_code' as reason
from roots
