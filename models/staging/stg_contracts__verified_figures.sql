select
    trim(mention_code) as mention_code,
    trim(fingerprint) as fingerprint
from {{ ref('verified_figures') }}
