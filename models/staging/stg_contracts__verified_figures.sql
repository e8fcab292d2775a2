select
    cast(trim(subject_type) as varchar) as subject_type,
    cast(trim(subject_code) as varchar) as subject_code,
    cast(trim(fingerprint) as varchar) as fingerprint
from {{ ref('verified_figures') }}
