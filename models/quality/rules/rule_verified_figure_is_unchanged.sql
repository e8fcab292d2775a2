with sealed as (
    select * from {{ ref('stg_contracts__verified_figures') }}
),

figures as (
    select * from {{ ref('int_figure_fingerprints') }}
),

compared as (
    select
        coalesce(sealed.mention_code, figures.mention_code) as mention_code,
        sealed.fingerprint as sealed_fingerprint,
        figures.fingerprint
    from sealed
    full join figures on sealed.mention_code = figures.mention_code
)

select
    'verified_figure_is_unchanged' as rule_id,
    'mention' as subject_type,
    mention_code as subject_code,
    cast(null as varchar) as contract_code,
    coalesce(sealed_fingerprint, 'not sealed') as expected,
    coalesce(fingerprint, 'no verified figure') as found,
    cast(null as decimal(18, 2)) as difference,
    case when sealed_fingerprint is not distinct from fingerprint then 'pass' else 'fail' end as status,
    'figure, place, use, stage, instrument, contract and funder are those of the second reading; read it again and run contracts seal'
        as reason
from compared
