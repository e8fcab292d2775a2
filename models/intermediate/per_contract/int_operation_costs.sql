-- kept from build to build: cost and shares of an operation may stand in several contracts
with lines as (
    select * from {{ ref('int_lines_current') }}
    where line_use = 'cost'
)

select
    contract_code,
    operation_code,
    line_code,
    partner_code,
    -- a cost that is a part of another cost is already inside it
    total_line_code is not null as is_part,
    -- a part of a cost without amount is no part of a total, and no cost of its own either
    parent_line_code is null as is_root,
    amount_eur,
    amount_low_eur,
    amount_high_eur,
    qualifier,
    share_percent,
    document_code,
    document_line_number,
    document_status
from lines
