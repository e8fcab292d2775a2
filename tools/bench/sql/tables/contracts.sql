select
    contract_code,
    'Contrat d''essai n° ' || contract_number || ' (fictif)' as label_fr,
    ['state_region_plan', 'state_region_plan', 'territorial_development_contract', 'metropolitan_contract', 'city_contract', 'rural_contract'][
        drawn('type', contract_number, 0, 6) + 1
    ] as contract_type_code,
    signed_on,
    cast(null as date) as voted_on,
    start_year as period_start_year,
    cast(end_year as integer) as period_end_year,
    territory_code,
    document_code,
    1 as line_number,
    'Generated data: no such contract exists.' as note
from bench_contracts
order by contract_number
