select
    trim(theme_code) as theme_code,
    trim(label_fr) as label_fr,
    trim(label_en) as label_en,
    trim(cofog_division_code) as cofog_division_code,
    trim(cofog_division_label_en) as cofog_division_label_en
from {{ ref('themes') }}
