with source_mentions as (
    {{ seed_and_landing('source_mentions') }}
)

select
    trim(mention_code) as mention_code,
    trim(document_code) as document_code,
    cast(line_number as integer) as line_number,
    trim(printed_figure) as printed_figure,
    trim(printed_unit) as printed_unit,
    trim(qualifier) as qualifier,
    trim(basis) as basis,
    cast(multiplier as integer) as multiplier,
    trim(role) as role,
    trim(subject_type) as subject_type,
    trim(subject_code) as subject_code,
    cast(subject_recorded_on as date) as subject_recorded_on,
    cast(subject_as_of_date as date) as subject_as_of_date,
    trim(exclusion_reason) as exclusion_reason,
    trim(verified_by) as verified_by,
    trim(note) as note,
    landing_file
from source_mentions
