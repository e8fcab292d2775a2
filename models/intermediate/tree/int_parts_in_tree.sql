-- every total with its parts: children in the tree, and the listed parts of a total that cuts across contracts
{{ config(materialized='view') }}
with lines as (
    select * from {{ ref('int_lines_in_tree') }}
),

versions as (
    select * from {{ ref('int_lines_versioned') }}
),

cross_total_parts as (
    select * from {{ ref('stg_contracts__cross_total_parts') }}
),

current_lines as (
    select
        lines.*,
        versions.line_code
    from lines
    inner join versions on lines.version_id = versions.version_id
    where lines.snapshot_kind = 'current'
),

-- the total and its part may stand in different contracts, whose snapshots meet only now
listed as (
    select
        totals.snapshot_id,
        totals.line_id as total_line_id,
        parts.line_id as part_line_id,
        parts.amount_eur,
        parts.amount_low_eur,
        parts.amount_high_eur,
        parts.is_by_partner,
        parts.is_by_axis
    from cross_total_parts
    inner join current_lines as totals on cross_total_parts.line_code = totals.line_code
    inner join current_lines as parts on cross_total_parts.part_line_code = parts.line_code
    -- no comparison of two tables, on which DuckDB would join first
    where not coalesce(parts.total_line_id = totals.line_id, false)
),

final as (
    select
        snapshot_id,
        total_line_id,
        line_id as part_line_id,
        amount_eur,
        amount_low_eur,
        amount_high_eur,
        is_by_partner,
        is_by_axis
    from lines
    where total_line_id is not null
    union all
    select * from listed
)

select * from final
