with changes as (
    select * from {{ ref('int_line_changes') }}
),

totals as (
    select * from {{ ref('int_totals_compared') }}
    where line_use = 'counted' and breakdown = 'exhaustive'
),

parts as (
    select * from {{ ref('int_total_parts') }}
),

compared as (
    select
        totals.line_code,
        totals.contract_code,
        max(total_moves.moved_eur) as total_moved_eur,
        sum(part_moves.moved_eur) as parts_moved_eur,
        max(total_moves.version_count) + max(part_moves.version_count) > 2 as is_amended,
        max(totals.amount_high_eur - totals.amount_low_eur) as precision_eur
    from totals
    inner join parts on totals.line_code = parts.line_code
    inner join changes as total_moves on totals.line_code = total_moves.line_code
    inner join changes as part_moves on parts.part_line_code = part_moves.line_code
    group by totals.line_code, totals.contract_code
)

select
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    {{ euros('total_moved_eur') }} as expected,
    {{ euros('parts_moved_eur') }} as found,
    cast(total_moved_eur - parts_moved_eur as decimal(28, 2)) as difference,
    case
        when not is_amended or total_moved_eur is null or parts_moved_eur is null then 'not applicable'
        when abs(total_moved_eur - parts_moved_eur) > precision_eur then 'fail'
        else 'pass'
    end as status,
    case
        when not is_amended then 'neither the total nor a part has a second version'
        else 'amendments move a total by as much as its parts'
    end as reason
from compared
