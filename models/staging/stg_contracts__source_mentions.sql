with source_mentions as (
    {{ accepted_rows('source_mentions') }}
)

select
    mention_code,
    document_code,
    try_cast(line_number as integer) as line_number,
    printed_figure,
    printed_unit,
    qualifier,
    basis,
    try_cast(multiplier as integer) as multiplier,
    role,
    subject_type,
    subject_code,
    try_cast(subject_recorded_on as date) as subject_recorded_on,
    try_cast(subject_as_of_date as date) as subject_as_of_date,
    exclusion_reason,
    note,
    landing_file
from source_mentions
