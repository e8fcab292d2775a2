select
    trim(unit_text) as unit_text,
    trim(unit_code) as unit_code,
    cast(factor as bigint) as factor
from {{ ref('money_units') }}
