with accepted_contradictions as (
    {{ seed_and_landing('accepted_contradictions') }}
)

select
    trim(rule_id) as rule_id,
    trim(subject_code) as subject_code,
    trim(reason) as reason,
    trim(document_code) as document_code,
    cast(line_number as integer) as line_number,
    landing_file
from accepted_contradictions
