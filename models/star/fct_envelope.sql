with totals as (
    select * from {{ ref('int_totals_compared') }}
    where snapshot = 'current'
),

lines as (
    select * from {{ ref('int_lines_current') }}
)

select
    totals.line_code as envelope_key,
    lines.label_fr,
    totals.line_use,
    totals.contract_code as contract_key,
    coalesce(totals.partner_code, 'unspecified') as funder_key,
    coalesce(totals.axis_code, 'unspecified') as axis_key,
    coalesce(totals.operation_code, 'unspecified') as operation_key,
    totals.stage as stage_key,
    coalesce(lines.document_code, 'unspecified') as document_key,
    totals.breakdown,
    totals.amount_eur as declared_eur,
    totals.amount_low_eur as declared_low_eur,
    totals.amount_high_eur as declared_high_eur,
    totals.children_eur as broken_down_eur,
    totals.child_count,
    totals.quantified_child_count
from totals
inner join lines on totals.line_code = lines.line_code
