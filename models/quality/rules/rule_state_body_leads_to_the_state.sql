with partners as (
    select * from {{ ref('stg_contracts__partners') }}
),

bodies as (
    select * from partners
    where partner_type_code in ('state_service', 'state_operator')
),

{{ climbs('partners', 'partner_code', 'parent_partner_code') }},

-- a partner without parent above the body, or the body itself
roots as (
    select
        bodies.partner_code,
        coalesce(bool_or(above.partner_type_code = 'state'), false) as is_of_the_state,
        coalesce(min(case when above.parent_partner_code is null then above.partner_code end), bodies.partner_code) as root_code
    from bodies
    left join climbs on bodies.partner_code = climbs.start_code
    left join partners as above on climbs.reached_code = above.partner_code
    group by bodies.partner_code
)

select
    'partner' as subject_type,
    partner_code as subject_code,
    cast(null as {{ dbt.type_string() }}) as contract_code,
    'a chain of parents up to the State' as expected,
    root_code as found,
    cast(null as decimal(28, 2)) as difference,
    case when is_of_the_state then 'pass' else 'fail' end as status,
    'services and operators of the State count under it; fill parent_partner_code' as reason
from roots
