select
    cast(trim(contract_type_code) as varchar) as contract_type_code,
    cast(trim(label_fr) as varchar) as label_fr,
    cast(trim(label_en) as varchar) as label_en,
    cast(trim(family) as varchar) as family
from {{ ref('contract_types') }}
