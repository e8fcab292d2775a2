-- kept from build to build: an operation may be funded under several contracts
with funding_rows as (
    select * from {{ ref('int_funding_rows') }}
    where operation_code is not null
)

select
    contract_code,
    operation_code,
    line_code,
    possible_parent_code,
    partner_code,
    stage,
    amount_eur,
    amount_low_eur,
    amount_high_eur,
    qualifier,
    share_percent,
    document_code,
    document_line_number,
    document_status
from funding_rows
