select
    cast(trim(territory_type_code) as varchar) as territory_type_code,
    cast(trim(label_fr) as varchar) as label_fr,
    cast(trim(label_en) as varchar) as label_en
from {{ ref('territory_types') }}
