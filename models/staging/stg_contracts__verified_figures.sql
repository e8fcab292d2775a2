select
    trim(subject_type) as subject_type,
    trim(subject_code) as subject_code,
    trim(fingerprint) as fingerprint
from {{ ref('verified_figures') }}
