with verified_figures as (
    {{ accepted_rows('verified_figures') }}
)

select
    mention_code,
    fingerprint
from verified_figures
