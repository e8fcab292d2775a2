-- Policy fields. Contract * stands for all contracts.
select
    coalesce(contract_key, '*') as contract_key,
    theme_key,
    any_value(theme_label_fr) as theme_label_fr,
    any_value(theme_label_en) as theme_label_en,
    any_value(cofog_division_code) as cofog_division_code,
    sum(columns('_eur$'))
from marts.funding_by_theme
group by grouping sets ((contract_key, theme_key), (theme_key))
order by contracted_eur desc nulls last, committed_eur desc nulls last, announced_eur desc nulls last, theme_label_fr asc
