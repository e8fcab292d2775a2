-- kept from build to build; a cost that is a part of another cost is already inside it
with lines as (
    select * from {{ ref('int_lines_current') }}
    where line_use = 'cost' and operation_code is not null and total_line_code is null
)

select
    contract_code,
    operation_code,
    line_code,
    amount_eur,
    amount_high_eur
from lines
