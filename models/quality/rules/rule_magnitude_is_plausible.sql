with lines as (
    select * from {{ ref('int_lines_current') }}
    where line_use in ('counted', 'cost') and amount_eur > 0
),

contracts as (
    select
        contract_code,
        -- the lower one of two in the middle: exact on every engine
        cast(percentile_disc(0.5) within group (order by amount_eur) as decimal(18, 2)) as median_eur
    from lines
    group by contract_code
),

compared as (
    select
        lines.line_code,
        lines.contract_code,
        cast(lines.amount_eur as decimal(28, 2)) as amount_eur,
        cast(coalesce(totals.amount_eur, contracts.median_eur) as decimal(28, 2)) as yardstick_eur
    from lines
    left join lines as totals on lines.total_line_code = totals.line_code
    left join contracts on lines.contract_code = contracts.contract_code
)

select
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    'between a 10 000th and 1 000 times ' || {{ euros('yardstick_eur') }} as expected,
    {{ euros('amount_eur') }} as found,
    cast(amount_eur - yardstick_eur as decimal(28, 2)) as difference,
    case when amount_eur > 1000 * yardstick_eur or amount_eur * 10000 < yardstick_eur then 'fail' else 'pass' end as status,
    'thousand taken for million, or the reverse?' as reason
from compared
