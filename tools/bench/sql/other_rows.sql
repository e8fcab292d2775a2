-- What stands beside the tree.

-- what an operation costs: at least what its funders bring, in this contract or in one that shares it
insert into bench_rows by name
with costs as (
    select
        operation_code,
        split_part(operation_code, '_o', 1) as contract_code,
        cast(right(operation_code, 5) as integer) as operation_number,
        hash(operation_code) as draw,
        sum(greatest(cents_1, coalesce(cents_2, 0))) as brought_cents
    from bench_leaves
    where cents_1 is not null
    group by operation_code
)

select
    contracts.contract_number,
    500_000 + operation_number as place,
    'cost' as row_kind,
    operation_code || '_cout' as line_code,
    'Coût total de l''opération fictive ' || operation_number as label_fr,
    'cost' as line_use,
    operation_code,
    brought_cents * (102 + draw % 40) // 100 // 10_000 * 10_000 as cents,
    case draw // 4 % 2 when 0 then 'k€' else 'M€' end as style,
    90 as line_number
from costs
inner join bench_contracts as contracts on costs.contract_code = contracts.contract_code
where draw % 4 = 0;

-- the first volet of all funders, where no amendment moves its parts: reconciled, not added
insert into bench_rows by name
select
    totals.contract_number,
    900_000 as place,
    'cross' as row_kind,
    totals.contract_code || '_transversal' as line_code,
    'Total transversal du volet 1 (fictif)' as label_fr,
    'cross_total' as line_use,
    totals.contract_code || '_v1' as axis_code,
    sum(totals.cents_1) as cents,
    95 as line_number
from bench_totals as totals
inner join bench_contracts as contracts on totals.contract_number = contracts.contract_number
where totals.volet = 0 and not contracts.is_amended
group by totals.contract_number, totals.contract_code;

-- what is cited beside the contract, and what the State announced before some
insert into bench_rows by name
select
    contract_number,
    900_001 + item as place,
    case item when 0 then 'context' else 'announced' end as row_kind,
    contract_code || case item when 0 then '_contexte' else '_annonce' end as line_code,
    case item when 0 then 'Crédits de droit commun cités (fictifs)' else 'Effort annoncé (fictif)' end as label_fr,
    case item when 0 then 'context' else 'counted' end as line_use,
    item - 1 as funder,
    'announced' as stage,
    (1 + drawn('other', amount_key, item, 90)) * 50_000_000 as cents,
    'M€' as style,
    case item when 0 then 'about' else 'more_than' end as qualifier,
    96 as line_number
from bench_contracts
cross join range(2) as items (item)
where item = 0 or drawn('announced', contract_number, 0, 3) = 0;
