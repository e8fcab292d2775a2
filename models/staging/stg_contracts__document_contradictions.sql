with document_contradictions as (
    {{ accepted_rows('document_contradictions') }}
)

select
    contradiction_code,
    contradiction_type,
    contract_code,
    subject_en,
    first_document_code,
    try_cast(first_line_number as integer) as first_line_number,
    first_print,
    second_document_code,
    try_cast(second_line_number as integer) as second_line_number,
    second_print,
    settlement,
    landing_file
from document_contradictions
