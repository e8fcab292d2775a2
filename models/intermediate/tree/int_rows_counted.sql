{{ config(materialized='view') }}
with lines as (
    select * from {{ ref('int_lines_in_tree') }}
    where line_use = 'counted'
),

unallocated as (
    select * from {{ ref('int_unallocated') }}
),

totals as (
    select distinct
        snapshot_id,
        total_line_id
    from lines
    where total_line_id is not null
),

-- a line stands when nothing breaks it down; a total stands for what its parts leave of it
final as (
    select
        lines.snapshot_id,
        lines.snapshot_kind,
        'line' as row_kind,
        lines.line_id,
        lines.stage,
        lines.axis_code,
        lines.territory_code,
        lines.amount_eur,
        lines.amount_low_eur,
        lines.amount_high_eur
    from lines
    left join totals on lines.snapshot_id = totals.snapshot_id and lines.line_id = totals.total_line_id
    where totals.total_line_id is null
    union all
    select
        lines.snapshot_id,
        lines.snapshot_kind,
        'unallocated' as row_kind,
        lines.line_id,
        lines.stage,
        lines.axis_code,
        lines.territory_code,
        unallocated.unallocated_eur as amount_eur,
        unallocated.unallocated_low_eur as amount_low_eur,
        unallocated.unallocated_high_eur as amount_high_eur
    from lines
    inner join unallocated on lines.snapshot_id = unallocated.snapshot_id and lines.line_id = unallocated.line_id
)

select * from final
