with lines as (
    select * from {{ ref('int_lines_current') }}
),

pairs as (
    select
        lines.line_code,
        lines.contract_code,
        lines.territory_code,
        lines.total_line_code,
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

territories as (
    select distinct
        territory_code,
        total_territory_code
    from pairs
),

-- inside: below the territory of the total in the hierarchy, or below one of its members
within_total as (
    select
        territories.territory_code,
        territories.total_territory_code
    from territories
    inner join ancestors
        on territories.territory_code = ancestors.territory_key and territories.total_territory_code = ancestors.ancestor_territory_key
    union
    select
        territories.territory_code,
        territories.total_territory_code
    from territories
    inner join ancestors on territories.territory_code = ancestors.territory_key
    inner join members
        on
            territories.total_territory_code = members.territory_code
            and ancestors.ancestor_territory_key = members.member_territory_code
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
        within_total.territory_code is not null as is_within,
        coalesce(perimeters.has_unknown_members, false) as has_unknown_members
    from pairs
    left join within_total
        on pairs.territory_code = within_total.territory_code and pairs.total_territory_code = within_total.total_territory_code
    left join perimeters on pairs.total_territory_code = perimeters.territory_key
)

select
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    'a place inside ' || total_territory_code as expected,
    territory_code as found,
    cast(null as decimal(28, 2)) as difference,
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
