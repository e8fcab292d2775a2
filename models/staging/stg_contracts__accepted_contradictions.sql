with accepted_contradictions as (
    {{ seed_and_landing('accepted_contradictions') }}
)

select
    rule_id,
    subject_code,
    reason,
    document_code,
    cast(line_number as integer) as line_number,
    landing_file
from accepted_contradictions
