with cross_total_parts as (
    {{ seed_and_landing('cross_total_parts') }}
)

select
    cast(trim(line_code) as varchar) as line_code,
    cast(trim(part_line_code) as varchar) as part_line_code,
    landing_file
from cross_total_parts
