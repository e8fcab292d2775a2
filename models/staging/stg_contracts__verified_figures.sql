select
    cast(trim(mention_code) as varchar) as mention_code,
    cast(trim(fingerprint) as varchar) as fingerprint
from {{ ref('verified_figures') }}
