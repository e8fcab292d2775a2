with lines as (
    select * from {{ ref('int_lines_placed') }}
    where snapshot = 'current'
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

placed as (
    select
        pairs.*,
        ancestors.ancestor_territory_key is not null or members.territory_code is not null as is_within
    from pairs
    left join ancestors
        on pairs.territory_code = ancestors.territory_key and pairs.total_territory_code = ancestors.ancestor_territory_key
    left join members
        on pairs.territory_code = members.member_territory_code and pairs.total_territory_code = members.territory_code
)

select
    'territory_within_total' as rule_id,
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code as contract_code,
    'a place inside ' || total_territory_code as expected,
    territory_code as found,
    cast(null as decimal(18, 2)) as difference,
    case
        when territory_code is null or total_territory_code is null then 'not applicable'
        when is_within then 'pass'
        else 'fail'
    end as status,
    'a part lies inside the territory of total ' || total_line_code as reason
from placed
