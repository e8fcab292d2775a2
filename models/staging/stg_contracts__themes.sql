with themes as (
    {{ accepted_rows('themes') }}
)

select
    theme_code,
    label_fr,
    label_en,
    cofog_division_code,
    cofog_division_label_en
from themes
