with lines as (
    select *
    from {{ ref('int_lines_placed') }}
    where line_use = 'counted'
),

unallocated as (
    select * from {{ ref('int_unallocated') }}
),

totals as (
    select distinct
        snapshot,
        total_line_code
    from lines
    where total_line_code is not null
),

leaves as (
    select
        'line' as row_kind,
        lines.*
    from lines
    left join totals on lines.snapshot = totals.snapshot and lines.line_code = totals.total_line_code
    where totals.total_line_code is null
),

remainders as (
    select
        'unallocated' as row_kind,
        lines.* replace (
            unallocated.unallocated_eur as amount_eur,
            unallocated.unallocated_low_eur as amount_low_eur,
            unallocated.unallocated_high_eur as amount_high_eur
        )
    from lines
    inner join unallocated on lines.snapshot = unallocated.snapshot and lines.line_code = unallocated.line_code
),

final as (
    select * from leaves
    union all
    select * from remainders
)

select * from final
