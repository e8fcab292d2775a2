with cross_total_parts as (
    {{ accepted_rows('cross_total_parts') }}
)

select
    line_code,
    part_line_code,
    landing_file
from cross_total_parts
