with accepted_contradictions as (
    {{ seed_and_landing('accepted_contradictions') }}
)

select
    cast(trim(rule_id) as varchar) as rule_id,
    cast(trim(subject_code) as varchar) as subject_code,
    cast(trim(reason) as varchar) as reason,
    cast(trim(document_code) as varchar) as document_code,
    cast(line_number as integer) as line_number,
    landing_file
from accepted_contradictions
