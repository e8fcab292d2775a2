with document_headings as (
    {{ seed_and_landing('document_headings') }}
)

select
    document_code,
    cast(line_number as integer) as line_number,
    cast(last_line_number as integer) as last_line_number,
    locator,
    cast(level as integer) as level,
    label_fr,
    landing_file
from document_headings
