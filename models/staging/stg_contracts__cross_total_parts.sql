select
    cast(trim(line_code) as varchar) as line_code,
    cast(trim(part_line_code) as varchar) as part_line_code
from {{ ref('cross_total_parts') }}
