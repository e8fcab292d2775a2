with parts as (
    select * from {{ ref('int_total_parts') }}
)

select
    line_code as envelope_key,
    part_line_code,
    contract_code as contract_key
from parts
