with lines as (
    select * from {{ ref('int_lines_current') }}
),

-- of all contracts
costs as (
    select
        operation_code,
        sum(amount_eur) as cost_eur,
        sum(amount_low_eur) as cost_low_eur,
        case when count(*) = count(amount_high_eur) then sum(amount_high_eur) end as cost_high_eur
    from {{ ref('int_operation_costs') }}
    where not is_part
    group by operation_code
),

-- a share refers to the cost of its operation, else to its total
compared as (
    select
        lines.*,
        coalesce(costs.cost_eur, totals.amount_eur) as whole_eur,
        coalesce(costs.cost_low_eur, totals.amount_low_eur) as whole_low_eur,
        coalesce(costs.cost_high_eur, totals.amount_high_eur) as whole_high_eur
    from lines
    left join costs on lines.operation_code = costs.operation_code
    left join lines as totals on lines.total_line_code = totals.line_code
    where lines.share_percent is not null
)

select
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    share_percent || ' %' as expected,
    {{ rate_percent('amount_eur', 'whole_eur') }} || ' %' as found,
    cast(amount_eur - whole_eur * share_percent * 0.01 as decimal(28, 2)) as difference,
    case
        when amount_eur is null or whole_eur is null then 'not applicable'
        when amount_high_eur < whole_low_eur * (share_percent - 0.5) * 0.01 then 'fail'
        when amount_low_eur > whole_high_eur * (share_percent + 0.5) * 0.01 then 'fail'
        else 'pass'
    end as status,
    case
        when amount_eur is null or whole_eur is null then 'the share or the whole has no amount' else
            'a stated percentage, to half a point, against the amounts'
    end as reason
from compared
