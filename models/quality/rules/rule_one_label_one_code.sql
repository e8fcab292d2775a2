with labels as (
    select
        'operation' as subject_type,
        operations.operation_code as subject_code,
        operations.contract_code,
        operations.label_fr
    from {{ ref('stg_contracts__operations') }} as operations
    inner join {{ ref('int_contracts_changed') }} as changed on operations.contract_code = changed.contract_code
    union all
    -- labels of contracts and partners are compared among all of them: no contract has the result
    select
        'contract' as subject_type,
        contract_code as subject_code,
        null as contract_code,
        label_fr
    from {{ ref('stg_contracts__contracts') }}
    union all
    select
        'partner' as subject_type,
        partner_code as subject_code,
        null as contract_code,
        label_fr
    from {{ ref('stg_contracts__partners') }}
),

shared as (
    select
        subject_type,
        min(subject_code) as subject_code,
        contract_code,
        min(label_fr) as label_fr,
        count(*) as code_count,
        {{ joined_texts('subject_code', ' · ') }} as codes
    from labels
    group by subject_type, contract_code, lower({{ without_accents('label_fr') }})
)

select
    'one_label_one_code' as rule_id,
    subject_type,
    subject_code,
    contract_code,
    'one code' as expected,
    codes as found,
    cast(code_count - 1 as decimal(18, 2)) as difference,
    case when code_count = 1 then 'pass' else 'fail' end as status,
    subject_type || ' « ' || label_fr || ' »' as reason
from shared
