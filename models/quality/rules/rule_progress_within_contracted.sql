with cells as (
    select * from {{ ref('int_progress_cells') }}
),

progress as (
    select
        *,
        concat_ws(' · ', contract_code, volet_code, territory_code, closing_date) as subject_code,
        greatest(programmed_eur, committed_eur, paid_eur) as reached_eur,
        greatest(programmed_low_eur, committed_low_eur, paid_low_eur) as reached_low_eur
    from cells
)

select
    'progress cell' as subject_type,
    subject_code,
    contract_code,
    'at most ' || {{ euros('contracted_high_eur') }} as expected,
    {{ euros('reached_eur') }} as found,
    cast(reached_eur - contracted_high_eur as decimal(28, 2)) as difference,
    case
        when reached_eur is null or contracted_eur is null or contracted_high_eur is null then 'not applicable'
        when reached_low_eur > contracted_high_eur then 'fail'
        else 'pass'
    end as status,
    case
        when contracted_eur is null then 'nothing contracted is declared for this volet and territory'
        when reached_eur is null then 'no progress is declared'
        when contracted_high_eur is null then 'the contracted amount has no upper bound'
        else 'what is programmed, committed or paid stays within what is contracted for the same volet and territory'
    end as reason
from progress
where coalesce(contracted_eur, reached_eur) is not null
