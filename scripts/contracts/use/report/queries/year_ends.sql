-- What was known and in force at the end of each year. Year-ends are never added.
select
    contract_key,
    contract_label_fr,
    calendar_year,
    columns('_eur$')
from marts.funding_at_year_end
order by contract_label_fr, calendar_year
