with contradictions as (
    select * from {{ ref('stg_contracts__document_contradictions') }}
)

select
    contradiction_type as subject_type,
    contradiction_code as subject_code,
    contract_code,
    first_print || ' (' || first_document_code || ':' || first_line_number || ')' as expected,
    second_print || ' (' || second_document_code || ':' || second_line_number || ')' as found,
    cast(null as decimal(28, 2)) as difference,
    'fail' as status,
    subject_en || '. ' || settlement as reason
from contradictions
