{{ config(materialized='view') }}
with parts as (
    select * from {{ ref('int_parts_in_tree') }}
),

lines as (
    select * from {{ ref('int_lines_current') }}
),

snapshots as (
    select * from {{ ref('int_snapshots') }}
    where snapshot_kind = 'current'
),

final as (
    select
        totals.line_code,
        totals.contract_code,
        lines.line_code as part_line_code
    from parts
    inner join snapshots on parts.snapshot_id = snapshots.snapshot_id
    inner join lines as totals on parts.total_line_id = totals.line_id
    inner join lines on parts.part_line_id = lines.line_id
)

select * from final
