select
    cast(trim(theme_code) as varchar) as theme_code,
    cast(trim(label_fr) as varchar) as label_fr,
    cast(trim(label_en) as varchar) as label_en,
    cast(trim(cofog_division_code) as varchar) as cofog_division_code,
    cast(trim(cofog_division_label_en) as varchar) as cofog_division_label_en
from {{ ref('themes') }}
