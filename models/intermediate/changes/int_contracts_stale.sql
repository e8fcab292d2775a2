-- contracts that a model which keeps its rows was not built from as they are now, or that are gone and still in one
with fingerprints as (
    select * from {{ ref('contract_fingerprints') }}
),

built as (
    select * from {{ source('build_state', 'built_contracts') }}
),

up_to_date as (
    select fingerprints.contract_code
    from fingerprints
    inner join built on fingerprints.contract_code = built.contract_code and fingerprints.fingerprint = built.fingerprint
    where built.model_name in ('{{ models_that_keep_rows() | join("', '") }}')
    group by fingerprints.contract_code
    having count(*) = {{ models_that_keep_rows() | length }}
),

final as (
    select
        contract_code,
        fingerprint
    from fingerprints
    {% if not flags.FULL_REFRESH %}where contract_code not in (select up_to_date.contract_code from up_to_date){% endif %}
    union all
    select distinct
        contract_code,
        null as fingerprint
    from built
    where contract_code not in (select fingerprints.contract_code from fingerprints)
)

select * from final
