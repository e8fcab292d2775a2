select
    trim(partner_type_code) as partner_type_code,
    trim(label_fr) as label_fr,
    trim(label_en) as label_en
from {{ ref('partner_types') }}
