with cross_total_parts as (
    {{ seed_and_landing('cross_total_parts') }}
)

select
    trim(line_code) as line_code,
    trim(part_line_code) as part_line_code,
    landing_file
from cross_total_parts
