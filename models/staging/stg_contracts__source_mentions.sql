with source_mentions as (
    {{ seed_and_landing('source_mentions') }}
)

select
    cast(trim(mention_code) as varchar) as mention_code,
    cast(trim(document_code) as varchar) as document_code,
    cast(line_number as integer) as line_number,
    cast(trim(printed_figure) as varchar) as printed_figure,
    cast(trim(printed_unit) as varchar) as printed_unit,
    cast(trim(qualifier) as varchar) as qualifier,
    cast(trim(basis) as varchar) as basis,
    cast(multiplier as integer) as multiplier,
    cast(trim(role) as varchar) as role,
    cast(trim(subject_type) as varchar) as subject_type,
    cast(trim(subject_code) as varchar) as subject_code,
    cast(subject_recorded_on as date) as subject_recorded_on,
    cast(subject_as_of_date as date) as subject_as_of_date,
    cast(trim(exclusion_reason) as varchar) as exclusion_reason,
    cast(trim(verified_by) as varchar) as verified_by,
    cast(trim(note) as varchar) as note,
    landing_file
from source_mentions
