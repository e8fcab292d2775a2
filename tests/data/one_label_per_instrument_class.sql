-- Each class of instruments has one French label, and each label names one class.
select
    instrument_class,
    instrument_class_label_fr
from (
    select distinct
        instrument_class,
        instrument_class_label_fr,
        count(*) over (partition by instrument_class) as labels_of_class,
        count(*) over (partition by instrument_class_label_fr) as classes_of_label
    from (select distinct instrument_class, instrument_class_label_fr from {{ ref('stg_contracts__contract_types') }}) as classes
) as counted
where labels_of_class > 1 or classes_of_label > 1
