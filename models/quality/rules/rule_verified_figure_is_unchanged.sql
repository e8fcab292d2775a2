with sealed as (
    select * from {{ ref('stg_contracts__verified_figures') }}
),

figures as (
    select * from {{ ref('int_figure_fingerprints') }}
),

differences as (
    select
        mention_code,
        {{ joined_texts(
            "attribute_name || ': ' || coalesce(first_value, 'none') || ', in the second reading ' || coalesce(second_value, 'none')", '; '
        ) }} as difference_text
    from {{ ref('int_figure_differences') }}
    group by mention_code
),

compared as (
    select
        sealed.mention_code,
        figures.contract_key,
        sealed.fingerprint as sealed_fingerprint,
        figures.fingerprint,
        coalesce(sealed.fingerprint = figures.fingerprint and figures.is_agreed, false) as is_unchanged,
        differences.difference_text
    from sealed
    left join figures on sealed.mention_code = figures.mention_code
    left join differences on sealed.mention_code = differences.mention_code
)

select
    'mention' as subject_type,
    mention_code as subject_code,
    contract_key as contract_code,
    sealed_fingerprint as expected,
    coalesce(fingerprint, 'no such figure') as found,
    cast(null as decimal(28, 2)) as difference,
    case when is_unchanged then 'pass' else 'fail' end as status,
    'changed since two readings agreed on it; ' || coalesce(difference_text, 'read again') || '; then run contracts seal' as reason
from compared
