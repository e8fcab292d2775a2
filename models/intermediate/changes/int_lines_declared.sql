with lines as (
    select * from {{ ref('stg_contracts__financial_lines') }}
),

changed as (
    select * from {{ ref('int_contracts_changed') }}
)

select
    lines.*,
    {{ row_id() }} as version_id
from lines
inner join changed on lines.contract_code = changed.contract_code
