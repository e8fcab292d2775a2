with lines as (
    select * from {{ ref('int_lines_current') }}
),

pairs as (
    select
        lines.*,
        totals.period_start_year as total_start_year,
        totals.period_end_year as total_end_year,
        totals.territory_code as total_territory_code
    from lines
    inner join lines as totals on lines.total_line_code = totals.line_code
),

ancestors as (
    select * from {{ ref('bridge_territory_ancestor') }}
),

members as (
    select * from {{ ref('stg_contracts__territory_members') }}
),

-- inside: below the territory of the total in the hierarchy, or below one of its members
within_total as (
    select distinct pairs.line_code
    from pairs
    inner join ancestors on pairs.territory_code = ancestors.territory_key
    left join members on pairs.total_territory_code = members.territory_code
    where ancestors.ancestor_territory_key in (pairs.total_territory_code, members.member_territory_code)
),

perimeters as (
    select
        territories.territory_key,
        territories.territory_type_code in ('perimeter', 'former_region')
        and (max(members.territory_code) is null or coalesce(territories.members_basis, '') = 'incomplete') as has_unknown_members
    from {{ ref('dim_territory') }} as territories
    left join members on territories.territory_key = members.territory_code
    group by territories.territory_key, territories.territory_type_code, territories.members_basis
),

placed as (
    select
        pairs.*,
        within_total.line_code is not null as is_within,
        coalesce(perimeters.has_unknown_members, false) as has_unknown_members
    from pairs
    left join within_total on pairs.line_code = within_total.line_code
    left join perimeters on pairs.total_territory_code = perimeters.territory_key
)

select
    'territory_within_total' as rule_id,
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    'a place inside ' || total_territory_code as expected,
    territory_code as found,
    cast(null as decimal(18, 2)) as difference,
    case
        when territory_code is null or total_territory_code is null then 'not applicable'
        when is_within then 'pass'
        when has_unknown_members then 'not applicable'
        else 'fail'
    end as status,
    case
        when has_unknown_members and not is_within then 'no document lists the members of ' || total_territory_code
        else 'a part lies inside the territory of total ' || total_line_code
    end as reason
from placed
