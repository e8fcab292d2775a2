with source_mentions as (
    {{ seed_and_landing('source_mentions') }}
)

select
    mention_code,
    document_code,
    cast(line_number as integer) as line_number,
    printed_figure,
    printed_unit,
    qualifier,
    basis,
    cast(multiplier as integer) as multiplier,
    role,
    subject_type,
    subject_code,
    cast(subject_recorded_on as date) as subject_recorded_on,
    cast(subject_as_of_date as date) as subject_as_of_date,
    exclusion_reason,
    note,
    landing_file
from source_mentions
