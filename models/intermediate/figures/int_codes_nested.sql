-- Pairs of codes of which one lies in the other, whichever is named first.
with outlines as (
    select
        'axis' as code_kind,
        axis_code as code,
        parent_axis_code as above_code
    from {{ ref('stg_contracts__axes') }}
    union all
    select
        'contract' as code_kind,
        from_contract_code as code,
        to_contract_code as above_code
    from {{ ref('stg_contracts__contract_relations') }}
    where relation = 'part_of'
),

{{ climbs('outlines', 'code', 'above_code', keys=['code_kind']) }},

upwards as (
    select
        code_kind,
        start_code as inner_code,
        reached_code as outer_code
    from climbs
    union
    select
        'funder' as code_kind,
        partner_code as inner_code,
        partner_group_code as outer_code
    from {{ ref('stg_contracts__partner_group_members') }}
    union
    select
        'place' as code_kind,
        territory_code as inner_code,
        ancestor_code as outer_code
    from {{ ref('int_territory_ancestors') }}
)

select
    code_kind,
    inner_code as one_code,
    outer_code as other_code
from upwards
union
select
    code_kind,
    outer_code as one_code,
    inner_code as other_code
from upwards
