-- How far has each volet got in each territory, at the latest closing date of its contract?
-- Rates divide by the contracted amount of the same volet and territory; low and high come from the precision of the printed figures.
-- The theoretical rate is the share of the contract's years that had passed at that date. Dates differ from one contract to another, so no
-- column is to be added up. Null amount: no document prints one. Null rate: the caution says which side is missing; null theoretical rate:
-- the period is not printed. Only contracts with a contracted amount are shown, each volet with the money that it has.
with progress as (
    select * from {{ ref('progress_by_volet_and_territory') }}
),

latest as (
    select
        contract_key,
        max(closing_date) as closing_date
    from progress
    group by contract_key
    having max(contracted_eur) > 0
)

select
    progress.contract_label_fr,
    progress.volet_label_fr,
    progress.territory_label_fr,
    progress.closing_date,
    progress.contracted_eur,
    progress.programmed_eur,
    progress.committed_eur,
    progress.paid_eur,
    progress.programming_rate_percent,
    progress.commitment_rate_percent,
    progress.commitment_rate_low_percent,
    progress.commitment_rate_high_percent,
    progress.payment_rate_percent,
    progress.theoretical_rate_percent,
    case
        when greatest(progress.programming_rate_percent, progress.commitment_rate_percent, progress.payment_rate_percent) > 100
            then 'more than contracted: these are other operations, or an overrun'
        else progress.rate_caveat
    end as caution
from progress
inner join latest on progress.contract_key = latest.contract_key and progress.closing_date = latest.closing_date
where coalesce(progress.contracted_eur, progress.programmed_eur, progress.committed_eur, progress.paid_eur) is not null
order by
    coalesce(progress.commitment_rate_percent, progress.programming_rate_percent, progress.payment_rate_percent) is null,
    progress.contract_key,
    progress.volet_key,
    progress.territory_key
