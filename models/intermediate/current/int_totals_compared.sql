with totals as (
    select * from {{ ref('int_totals_in_tree') }}
    where snapshot_kind = 'current'
),

lines as (
    select * from {{ ref('int_lines_current') }}
),

final as (
    select
        lines.line_code,
        lines.contract_code,
        lines.label_fr,
        lines.line_use,
        lines.stage,
        lines.axis_code,
        lines.partner_code,
        lines.operation_code,
        lines.breakdown,
        lines.amount_eur,
        lines.amount_low_eur,
        lines.amount_high_eur,
        totals.child_count,
        totals.quantified_child_count,
        totals.children_eur,
        totals.children_low_eur,
        totals.children_high_eur,
        totals.crossing_eur,
        totals.gap_eur,
        totals.is_within_precision,
        lines.document_code,
        lines.document_line_number
    from totals
    inner join lines on totals.line_id = lines.line_id
)

select * from final
