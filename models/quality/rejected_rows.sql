{{ config(alias='rejects', enabled=target.type == 'duckdb') }}
{{ behind_the_gate() }}
with rejects as (
    select * from {{ ref('rejects') }}
)

select
    file_name,
    cast(line_number as bigint) as line_number,
    table_name,
    row_key,
    column_name,
    rule,
    value_found,
    reason
from rejects
