with sealed as (
    select * from {{ ref('stg_contracts__verified_figures') }}
),

figures as (
    select * from {{ ref('int_figure_fingerprints') }}
),

compared as (
    select
        coalesce(sealed.subject_type, figures.subject_type) as subject_type,
        coalesce(sealed.subject_code, figures.subject_code) as subject_code,
        sealed.fingerprint as sealed_fingerprint,
        figures.fingerprint
    from sealed
    full outer join figures on sealed.subject_type = figures.subject_type and sealed.subject_code = figures.subject_code
)

select
    'verified_figure_is_unchanged' as rule_id,
    subject_type,
    subject_code,
    cast(null as {{ dbt.type_string() }}) as contract_code,
    coalesce(sealed_fingerprint, 'not sealed') as expected,
    coalesce(fingerprint, 'no verified figure') as found,
    cast(null as decimal(18, 2)) as difference,
    case
        when sealed_fingerprint is null and subject_type = 'contract' then 'not applicable'
        when coalesce(sealed_fingerprint = fingerprint, false) then 'pass'
        else 'fail'
    end as status,
    'figure, place, use, stage, instrument, contract, funder and dates are as they were read; read again, then run contracts seal' as reason
from compared
