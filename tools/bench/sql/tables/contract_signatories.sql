select
    contract_code,
    funders[place + 1] as partner_code,
    'signatory' as role,
    document_code,
    cast(2 + place as integer) as line_number
from bench_contracts
inner join range(7) as places (place) on place < funder_count
order by contract_number, place
