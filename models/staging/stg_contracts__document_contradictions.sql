with document_contradictions as (
    {{ seed_and_landing('document_contradictions') }}
)

select
    cast(trim(contradiction_code) as varchar) as contradiction_code,
    cast(trim(contradiction_type) as varchar) as contradiction_type,
    cast(trim(contract_code) as varchar) as contract_code,
    cast(trim(subject_en) as varchar) as subject_en,
    cast(trim(first_document_code) as varchar) as first_document_code,
    cast(first_line_number as integer) as first_line_number,
    cast(trim(first_print) as varchar) as first_print,
    cast(trim(second_document_code) as varchar) as second_document_code,
    cast(second_line_number as integer) as second_line_number,
    cast(trim(second_print) as varchar) as second_print,
    cast(trim(settlement) as varchar) as settlement,
    landing_file
from document_contradictions
