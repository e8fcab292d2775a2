with money_units as (
    {{ accepted_rows('money_units') }}
)

select
    unit_text,
    unit_code,
    try_cast(factor as bigint) as factor
from money_units
