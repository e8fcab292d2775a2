with document_contradictions as (
    {{ seed_and_landing('document_contradictions') }}
)

select
    trim(contradiction_code) as contradiction_code,
    trim(contradiction_type) as contradiction_type,
    trim(contract_code) as contract_code,
    trim(subject_en) as subject_en,
    trim(first_document_code) as first_document_code,
    cast(first_line_number as integer) as first_line_number,
    trim(first_print) as first_print,
    trim(second_document_code) as second_document_code,
    cast(second_line_number as integer) as second_line_number,
    trim(second_print) as second_print,
    trim(settlement) as settlement,
    landing_file
from document_contradictions
