with totals as (
    select * from {{ ref('int_totals_compared') }}
    where line_use = 'counted' and crossing_eur > 0
)

select
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    'parts by funder or parts by axis' as expected,
    'both: they may overlap' as found,
    crossing_eur as difference,
    'fail' as status,
    'parts by funder and parts by axis under one total may hold the same money' as reason
from totals
