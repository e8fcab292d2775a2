select
    trim(contract_type_code) as contract_type_code,
    trim(label_fr) as label_fr,
    trim(label_en) as label_en,
    trim(family) as family,
    trim(instrument_class) as instrument_class,
    trim(instrument_class_label_fr) as instrument_class_label_fr
from {{ ref('contract_types') }}
