with document_contradictions as (
    {{ seed_and_landing('document_contradictions') }}
)

select
    contradiction_code,
    contradiction_type,
    contract_code,
    subject_en,
    first_document_code,
    cast(first_line_number as integer) as first_line_number,
    first_print,
    second_document_code,
    cast(second_line_number as integer) as second_line_number,
    second_print,
    settlement,
    landing_file
from document_contradictions
