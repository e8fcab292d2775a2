-- the contract, its amendment and the report of each closing date; the fingerprint is that of the code, as there is no text
with documents as (
    select
        contract_number,
        0 as place,
        document_code,
        'Contrat d''essai n° ' || contract_number || ' (données fictives)' as title,
        published_on,
        case when drawn('draft', contract_number, 0, 25) = 0 then 'draft' else 'signed' end as document_status,
        100 + volet_count * 4000 + 4000 as line_count
    from bench_contracts
    union all
    select
        contract_number,
        1,
        contract_code || '_avenant',
        'Avenant au contrat d''essai n° ' || contract_number || ' (données fictives)',
        amended_on,
        'signed',
        110 + leaf_count
    from bench_contracts
    where is_amended
    union all
    select
        contract_number,
        2 + closing,
        contract_code || '_rapport_' || (closing + 1),
        'Rapport ' || (start_year + 1 + closing) || ' du contrat d''essai n° ' || contract_number || ' (données fictives)',
        make_date(cast(start_year + 2 + closing as integer), 3, 1),
        'report',
        20 + leaf_count
    from bench_contracts
    inner join range(4) as closings (closing) on closing < closing_count
)

select
    document_code,
    title,
    'Jeu d''essai fictif' as publisher,
    published_on,
    'day' as published_on_precision,
    document_status,
    cast(null as varchar) as source_url,
    sha256(document_code) as sha256,
    cast(line_count as integer) as line_count,
    'Generated data: no such document exists.' as note
from documents
order by contract_number, place
