with totals as (
    select * from {{ ref('int_totals_compared') }}
)

select
    line_code as envelope_key,
    label_fr,
    line_use,
    contract_code as contract_key,
    coalesce(partner_code, 'unspecified') as funder_key,
    coalesce(axis_code, 'unspecified') as axis_key,
    coalesce(operation_code, 'unspecified') as operation_key,
    stage as stage_key,
    coalesce(document_code, 'unspecified') as document_key,
    breakdown,
    amount_eur as declared_eur,
    amount_low_eur as declared_low_eur,
    amount_high_eur as declared_high_eur,
    children_eur as broken_down_eur,
    child_count,
    quantified_child_count
from totals
