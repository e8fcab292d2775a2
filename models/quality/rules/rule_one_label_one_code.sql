with labels as (
    select
        'contract' as subject_type,
        contract_code as subject_code,
        contract_code,
        label_fr
    from {{ ref('stg_contracts__contracts') }}
    union all
    select
        'partner' as subject_type,
        partner_code as subject_code,
        null as contract_code,
        label_fr
    from {{ ref('stg_contracts__partners') }}
    union all
    select
        'operation' as subject_type,
        operation_code as subject_code,
        contract_code,
        label_fr
    from {{ ref('stg_contracts__operations') }}
),

shared as (
    select
        subject_type,
        min(subject_code) as subject_code,
        min(contract_code) as contract_code,
        min(label_fr) as label_fr,
        count(*) as code_count,
        string_agg(subject_code, ' · ' order by subject_code) as codes
    from labels
    group by subject_type, lower(strip_accents(label_fr)), case when subject_type = 'operation' then contract_code end
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
