-- One contract, volet, territory and closing date; is_latest marks the last closing date of the contract.
select
    contract_key,
    contract_label_fr,
    volet_key,
    volet_label_fr,
    territory_key,
    territory_label_fr,
    closing_date,
    contracted_eur,
    programmed_eur,
    programming_rate_percent,
    programming_rate_low_percent,
    programming_rate_high_percent,
    committed_eur,
    commitment_rate_percent,
    commitment_rate_low_percent,
    commitment_rate_high_percent,
    paid_eur,
    payment_rate_percent,
    payment_rate_low_percent,
    payment_rate_high_percent,
    theoretical_rate_percent,
    rate_caveat,
    closing_date = max(closing_date) over (partition by contract_key) as is_latest,
    coalesce(contracted_eur, programmed_eur, committed_eur, paid_eur) is not null as has_amount
from marts.progress_by_volet_and_territory
order by
    max(contracted_eur) over (partition by contract_key) desc nulls last,
    contract_key,
    closing_date desc,
    contracted_eur desc nulls last,
    volet_label_fr asc,
    territory_label_fr asc
