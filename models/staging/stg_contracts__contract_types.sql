select
    trim(contract_type_code) as contract_type_code,
    trim(label_fr) as label_fr,
    trim(label_en) as label_en,
    trim(family) as family
from {{ ref('contract_types') }}
