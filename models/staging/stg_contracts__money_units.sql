select
    cast(trim(unit_text) as varchar) as unit_text,
    cast(trim(unit_code) as varchar) as unit_code,
    cast(factor as bigint) as factor
from {{ ref('money_units') }}
