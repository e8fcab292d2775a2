with changed as (
    select * from {{ ref('int_contracts_changed') }}
),

-- labels of contracts and partners are compared among all of them: no contract has the result
labels as (
    select
        'operation' as subject_type,
        operations.operation_code as subject_code,
        operations.contract_code,
        operations.label_fr,
        lower({{ without_accents('operations.label_fr') }}) as plain_label
    from {{ ref('stg_contracts__operations') }} as operations
    inner join changed on operations.contract_code = changed.contract_code
    union all
    select
        'contract' as subject_type,
        contract_code as subject_code,
        null as contract_code,
        label_fr,
        lower({{ without_accents('label_fr') }}) as plain_label
    from {{ ref('stg_contracts__contracts') }}
    union all
    select
        'partner' as subject_type,
        partner_code as subject_code,
        null as contract_code,
        label_fr,
        lower({{ without_accents('label_fr') }}) as plain_label
    from {{ ref('stg_contracts__partners') }}
),

counted as (
    select
        subject_type,
        contract_code,
        plain_label,
        min(subject_code) as subject_code,
        min(label_fr) as label_fr,
        count(*) as code_count
    from labels
    group by subject_type, contract_code, plain_label
),

-- few of all labels: only their codes are joined into a text
shared as (
    select
        counted.subject_type,
        counted.subject_code,
        {{ joined_texts('labels.subject_code', ' · ') }} as codes
    from counted
    inner join labels
        on
            counted.subject_type = labels.subject_type
            and counted.contract_code is not distinct from labels.contract_code
            and counted.plain_label = labels.plain_label
    where counted.code_count > 1
    group by counted.subject_type, counted.subject_code
)

select
    counted.subject_type,
    counted.subject_code,
    counted.contract_code,
    'one code' as expected,
    coalesce(shared.codes, counted.subject_code) as found,
    cast(counted.code_count - 1 as decimal(28, 2)) as difference,
    case when counted.code_count = 1 then 'pass' else 'fail' end as status,
    counted.subject_type || ' « ' || counted.label_fr || ' »' as reason
from counted
left join shared on counted.subject_type = shared.subject_type and counted.subject_code = shared.subject_code
