with document_headings as (
    {{ accepted_rows('document_headings') }}
)

select
    document_code,
    try_cast(line_number as integer) as line_number,
    try_cast(last_line_number as integer) as last_line_number,
    locator,
    try_cast(level as integer) as level,
    label_fr,
    landing_file
from document_headings
