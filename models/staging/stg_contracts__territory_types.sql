select
    trim(territory_type_code) as territory_type_code,
    trim(label_fr) as label_fr,
    trim(label_en) as label_en
from {{ ref('territory_types') }}
