with lines as (
    select * from {{ ref('int_lines_current') }}
),

axes as (
    select axes.*
    from {{ ref('stg_contracts__axes') }} as axes
    inner join {{ ref('int_contracts_changed') }} as changed on axes.contract_code = changed.contract_code
),

{{ climbs('axes', 'axis_code', 'parent_axis_code') }},

pairs as (
    select
        lines.line_code,
        lines.contract_code,
        lines.axis_code,
        lines.total_line_code,
        totals.axis_code as total_axis_code
    from lines
    inner join lines as totals on lines.total_line_code = totals.line_code
)

select
    'financial_line' as subject_type,
    pairs.line_code as subject_code,
    pairs.contract_code,
    'axis ' || pairs.total_axis_code || ' or one below it' as expected,
    coalesce('axis ' || pairs.axis_code, 'no axis') as found,
    cast(null as decimal(28, 2)) as difference,
    case
        when pairs.total_axis_code is null then 'not applicable'
        when pairs.axis_code = pairs.total_axis_code or climbs.start_code is not null then 'pass'
        else 'fail'
    end as status,
    'a part stands under the axis of total ' || pairs.total_line_code || ' or below it' as reason
from pairs
left join climbs on pairs.axis_code = climbs.start_code and pairs.total_axis_code = climbs.reached_code
