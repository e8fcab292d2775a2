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
)

select
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    concat_ws('-', total_start_year, total_end_year) as expected,
    concat_ws('-', period_start_year, period_end_year) as found,
    cast(null as decimal(28, 2)) as difference,
    case
        when coalesce(period_start_year, period_end_year, total_start_year, total_end_year) is null then 'not applicable'
        when
            coalesce(period_start_year, period_end_year) < total_start_year
            or coalesce(period_end_year, period_start_year) > total_end_year then 'fail'
        else 'pass'
    end as status,
    'a part is not earlier or later than total ' || total_line_code as reason
from pairs
