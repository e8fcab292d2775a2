-- Each class of instruments has one French label, and each label names one class.
with class_labels as (
    select distinct
        instrument_class,
        instrument_class_label_fr
    from {{ ref('stg_contracts__contract_types') }}
)

select one.*
from class_labels as one
inner join class_labels as another
    on
        (one.instrument_class = another.instrument_class)
        <> (one.instrument_class_label_fr = another.instrument_class_label_fr)
