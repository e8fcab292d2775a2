-- Periods, as declared: nothing is split by year.
select
    contract_key,
    contract_label_fr,
    period_key,
    period_label_fr,
    period_start_year,
    period_end_year,
    columns('_eur$')
from marts.funding_by_period
order by period_start_year asc nulls last, period_end_year asc nulls last, contracted_eur desc nulls last, contract_label_fr asc
