-- The totals above the shares, from the tightest up: of a funder in a volet, of a funder, of the contract. cents_2 is the amended amount.
create or replace temp table bench_totals as
with volet_sums as (
    select
        contract_number,
        funder,
        total_volet as volet,
        bool_or(is_partial) as is_partial,
        count(*) as part_count,
        sum(cents_1) as sum_1,
        coalesce(sum(cents_2), 0) as sum_2
    from bench_leaves
    group by contract_number, funder, total_volet
),

volet_kinds as (
    select
        *,
        total_kind(is_partial, part_count, drawn('kind', contract_number, funder * 100 + volet, 100)) as kind,
        3 + drawn('margin', contract_number, funder * 100 + volet, 28) as margin_percent
    from volet_sums
),

volet_totals as (
    select
        *,
        cast(declared(kind, sum_1, greatest(sum_1, sum_2), margin_percent) as bigint) as cents_1,
        cast(declared(kind, sum_2, greatest(sum_1, sum_2), margin_percent) as bigint) as cents_2
    from volet_kinds
),

-- with two levels, the total of the funder is that of its shares
funder_sums as (
    select
        contract_number,
        funder,
        -1 as volet,
        drawn('partial funder', contract_number, funder, 10) < 3 as is_partial,
        count(*) as part_count,
        sum(cents_1) as sum_1,
        sum(cents_2) as sum_2
    from volet_totals
    where volet >= 0
    group by contract_number, funder
),

funder_kinds as (
    select
        *,
        total_kind(is_partial, part_count, drawn('kind', contract_number, funder * 100 + 99, 100)) as kind,
        3 + drawn('margin', contract_number, funder * 100 + 99, 28) as margin_percent
    from funder_sums
),

funder_totals as (
    select
        *,
        cast(declared(kind, sum_1, greatest(sum_1, sum_2), margin_percent) as bigint) as cents_1,
        cast(declared(kind, sum_2, greatest(sum_1, sum_2), margin_percent) as bigint) as cents_2
    from funder_kinds
    union all
    select * from volet_totals
    where volet < 0
),

contract_sums as (
    select
        totals.contract_number,
        -1 as funder,
        -1 as volet,
        drawn('partial contract', totals.contract_number, 0, 10) < 5 as is_partial,
        count(*) as part_count,
        sum(totals.cents_1) as sum_1,
        sum(totals.cents_2) as sum_2
    from funder_totals as totals
    inner join bench_contracts as contracts on totals.contract_number = contracts.contract_number
    where contracts.depth = 4
    group by totals.contract_number
),

contract_kinds as (
    select
        *,
        total_kind(is_partial, part_count, drawn('kind', contract_number, 9_999, 100)) as kind,
        3 + drawn('margin', contract_number, 9_999, 28) as margin_percent
    from contract_sums
),

totals as (
    select
        *,
        cast(declared(kind, sum_1, greatest(sum_1, sum_2), margin_percent) as bigint) as cents_1,
        cast(declared(kind, sum_2, greatest(sum_1, sum_2), margin_percent) as bigint) as cents_2
    from contract_kinds
    union all
    select * from funder_totals
    union all
    select * from volet_totals
    where volet >= 0
)

select
    totals.*,
    contract_code,
    drawn('qualifier', contract_number, funder * 100 + volet, 100) as qualifier_draw,
    contract_code || case
        when funder < 0 then '_total'
        when volet < 0 then '_f' || (funder + 1)
        else '_f' || (funder + 1) || '_v' || (volet + 1)
    end as line_code,
    case
        when volet >= 0 then contract_code || '_f' || (funder + 1)
        when funder >= 0 and depth = 4 then contract_code || '_total'
    end as parent_line_code,
    case when volet >= 0 then contract_code || '_v' || (volet + 1) end as axis_code
from totals
inner join (
    select contract_number, contract_code, depth
    from bench_contracts
) as contracts using (contract_number);
