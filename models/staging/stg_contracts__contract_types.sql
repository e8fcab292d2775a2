with contract_types as (
    {{ accepted_rows('contract_types') }}
)

select
    contract_type_code,
    label_fr,
    label_en,
    family,
    instrument_class,
    instrument_class_label_fr
from contract_types
