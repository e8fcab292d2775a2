with totals as (
    select *
    from {{ ref('int_totals_in_tree') }}
    -- a total of zero whose parts have no amount still says zero
    where line_use = 'counted' and (gap_eur > 0 or (gap_eur = 0 and quantified_child_count = 0))
),

-- a difference within printed precision is no remainder where the parts are said to be all and have an amount
remainders as (
    select
        snapshot_id,
        line_id,
        gap_eur,
        greatest(amount_low_eur - coalesce(children_high_eur, amount_low_eur), 0) as low_eur,
        -- parts that overlap take less out of the total than their sum
        amount_high_eur - coalesce(children_low_eur, 0) + crossing_eur as high_eur
    from totals
    where not (is_within_precision and coalesce(breakdown = 'exhaustive', false) and quantified_child_count = child_count)
)

select
    snapshot_id,
    line_id,
    gap_eur as unallocated_eur,
    cast(least(low_eur, gap_eur) as decimal(28, 2)) as unallocated_low_eur,
    cast(case when high_eur is not null then greatest(high_eur, gap_eur) end as decimal(28, 2)) as unallocated_high_eur
from remainders
