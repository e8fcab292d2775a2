-- Every declared amount, one row per version: what financial_lines and source_mentions are both written from.
-- The totals and the shares first; progress fills up what a contract has left of its number of lines.
create or replace temp table bench_rows as
with versions as (
    select 1 as version
    union all
    select 2
),

total_versions as (
    select
        totals.*,
        version,
        case version when 1 then cents_1 else cents_2 end as cents
    from bench_totals as totals
    cross join versions
    where version = 1 or cents_2 <> cents_1
),

leaf_versions as (
    select
        leaves.*,
        version,
        case version when 1 then cents_1 else cents_2 end as cents
    from bench_leaves as leaves
    cross join versions
    where version = 1 or is_moved or is_withdrawn
),

total_rows as (
    select
        contract_number,
        cast(funder * 10 + volet + 20 as integer) as place,
        'total' as row_kind,
        line_code,
        case when funder < 0 then 'Total du contrat (fictif)' when volet < 0 then 'Total du financeur (fictif)' else 'Total du volet (fictif)' end
            as label_fr,
        'counted' as line_use,
        parent_line_code,
        case kind when 'partial' then 'partial' else 'exhaustive' end as breakdown,
        axis_code,
        funder,
        cast(null as varchar) as fund_code,
        cast(null as bigint) as owner_number,
        cast(null as varchar) as operation_code,
        cast(null as varchar) as territory_code,
        'contracted' as stage,
        cents,
        case kind when 'exact' then '€' else 'M€' end as style,
        case
            when kind <> 'partial' or qualifier_draw >= 30 then 'exact'
            when qualifier_draw < 15 then 'more_than'
            else 'about'
        end as qualifier,
        cast(null as bigint) as year_count,
        cast(null as bigint) as own_period,
        cast(null as date) as as_of_date,
        version,
        false as is_withdrawn,
        cast(null as integer) as closing_year,
        cast(funder * 10 + volet + 20 as integer) as line_number
    from total_versions
),

leaf_rows as (
    select
        contract_number,
        1_000 + leaf as place,
        'leaf' as row_kind,
        line_code,
        'Part du financeur dans l''opération fictive ' || (operation + 1) as label_fr,
        'counted' as line_use,
        contract_code || '_f' || (funder + 1) || case when total_volet < 0 then '' else '_v' || (total_volet + 1) end as parent_line_code,
        null as breakdown,
        contract_code || '_v' || (volet + 1) || '_' || (objective + 1) as axis_code,
        funder,
        case funder
            when 0 then [null, null, 'fnadt', 'dsil', 'detr'][drawn('fund', contract_number, leaf, 5) + 1]
            when 3 then ['feder', 'feder', 'fse'][drawn('fund', contract_number, leaf, 3) + 1]
        end as fund_code,
        drawn('owner', contract_number, operation, getvariable('owners')) + 1 as owner_number,
        operation_code,
        case when is_shared or drawn('own place', contract_number, operation, 10) = 0 then commune_code end as territory_code,
        'contracted' as stage,
        cents,
        style,
        qualifier,
        case when style = '€' then year_count end as year_count,
        case when style = '€' and year_count is not null then drawn('first year', contract_number, leaf, 2) end as own_period,
        null as as_of_date,
        version,
        is_withdrawn and version = 2 as is_withdrawn,
        null as closing_year,
        case version
            when 1 then 101 + volet * 4000 + (objective + 1) * 1000 + leaf // (volet_count * 3) % 990
            else 100 + leaf
        end as line_number
    from leaf_versions
),

-- what an operation costs: at least what its funders bring, in this contract or in one that shares it
costs as (
    select
        operation_code,
        split_part(operation_code, '_o', 1) as contract_code,
        sum(greatest(cents_1, coalesce(cents_2, 0))) as brought_cents
    from bench_leaves
    where cents_1 is not null
    group by operation_code
),

cost_rows as (
    select
        contracts.contract_number,
        500_000 + cast(right(operation_code, 5) as bigint) as place,
        'cost' as row_kind,
        operation_code || '_cout' as line_code,
        'Coût total de l''opération fictive ' || cast(right(operation_code, 5) as bigint) as label_fr,
        'cost' as line_use,
        null as parent_line_code,
        null as breakdown,
        null as axis_code,
        -1 as funder,
        null as fund_code,
        null as owner_number,
        operation_code,
        null as territory_code,
        'contracted' as stage,
        cast(brought_cents * (102 + hash(operation_code) % 40) // 100 // 10_000 * 10_000 as bigint) as cents,
        case when hash(operation_code) % 2 = 0 then 'k€' else 'M€' end as style,
        'exact' as qualifier,
        null as year_count,
        null as own_period,
        null as as_of_date,
        1 as version,
        false as is_withdrawn,
        null as closing_year,
        90 as line_number
    from costs
    inner join bench_contracts as contracts using (contract_code)
    where hash(operation_code) % 4 = 0
),

-- the first volet of all funders, where no amendment moves its parts: reconciled, not added
cross_rows as (
    select
        contract_number,
        900_000 as place,
        'cross' as row_kind,
        contract_code || '_transversal' as line_code,
        'Total transversal du volet 1 (fictif)' as label_fr,
        'cross_total' as line_use,
        null as parent_line_code,
        null as breakdown,
        contract_code || '_v1' as axis_code,
        -1 as funder,
        null as fund_code,
        null as owner_number,
        null as operation_code,
        null as territory_code,
        'contracted' as stage,
        cast(sum(totals.cents_1) as bigint) as cents,
        '€' as style,
        'exact' as qualifier,
        null as year_count,
        null as own_period,
        null as as_of_date,
        1 as version,
        false as is_withdrawn,
        null as closing_year,
        95 as line_number
    from bench_totals as totals
    inner join bench_contracts as contracts using (contract_number, contract_code)
    where totals.volet = 0 and not contracts.is_amended
    group by contract_number, contract_code
),

-- cited beside the contract, and what was announced before it
other_rows as (
    select
        contract_number,
        900_001 + item as place,
        case item when 0 then 'context' else 'announced' end as row_kind,
        contract_code || case item when 0 then '_contexte' else '_annonce' end as line_code,
        case item when 0 then 'Crédits de droit commun cités (fictifs)' else 'Effort annoncé (fictif)' end as label_fr,
        case item when 0 then 'context' else 'counted' end as line_use,
        null as parent_line_code,
        null as breakdown,
        null as axis_code,
        cast(item as integer) - 1 as funder,
        null as fund_code,
        null as owner_number,
        null as operation_code,
        null as territory_code,
        'announced' as stage,
        (1 + drawn('other', amount_key, item, 90)) * 50_000_000 as cents,
        'M€' as style,
        case item when 0 then 'about' else 'more_than' end as qualifier,
        null as year_count,
        null as own_period,
        null as as_of_date,
        1 as version,
        false as is_withdrawn,
        null as closing_year,
        96 as line_number
    from bench_contracts
    cross join range(2) as items (item)
    where item = 0 or drawn('announced', contract_number, 0, 3) = 0
)

select * from total_rows
union all
select * from leaf_rows
union all
select * from cost_rows
union all
select * from cross_rows
union all
select * from other_rows;

-- Progress: a share is programmed, then committed, then paid, from some closing date on; shares are taken in a drawn order until the
-- contract has its number of lines.
insert into bench_rows
with room as (
    select
        contract_number,
        line_count - count(*) as wanted,
        base_lines // 4 as spare
    from bench_contracts
    inner join bench_rows using (contract_number)
    group by contract_number, line_count, base_lines
),

reached as (
    select
        contract_number,
        leaf,
        closing_count,
        1 + drawn('stages', contract_number, leaf, 3) as stage_count,
        drawn('since', contract_number, leaf, closing_count) as first_closing,
        drawn('progress', contract_number, leaf, 1_000_000_007) as turn
    from bench_leaves
    where cents_1 is not null and not is_withdrawn
),

-- where that is not enough, as may happen in a small contract, every share has every stage at every date
scarce as (
    select reached.contract_number
    from reached
    inner join room on reached.contract_number = room.contract_number
    group by reached.contract_number
    having sum(stage_count * (closing_count - first_closing)) < max(wanted + spare)
),

counted as (
    select
        contract_number,
        leaf,
        turn,
        case when is_scarce then 3 else stage_count end as stage_count,
        case when is_scarce then 0 else first_closing end as first_closing,
        case when is_scarce then 3 else stage_count end * (closing_count - case when is_scarce then 0 else first_closing end) as position_count
    from (
        select
            reached.*,
            scarce.contract_number is not null as is_scarce
        from reached
        left join scarce on reached.contract_number = scarce.contract_number
    ) as reached
),

taken as (
    select
        *,
        sum(position_count) over (partition by contract_number order by turn, leaf rows unbounded preceding) - position_count as taken_before
    from counted
),

positions as (
    select
        taken.contract_number,
        taken.leaf,
        unnest(range(cast(least(position_count, wanted - taken_before) as bigint))) as position,
        stage_count,
        first_closing
    from taken
    inner join room on taken.contract_number = room.contract_number
    where taken_before < wanted
),

placed as (
    select
        leaves.*,
        position % stage_count as stage_number,
        first_closing + position // stage_count as closing
    from positions
    inner join bench_leaves as leaves on positions.contract_number = leaves.contract_number and positions.leaf = leaves.leaf
),

-- each stage takes a part of the one before, each position reaches further than the one before
reached_amounts as (
    select
        *,
        ['programmed', 'committed', 'paid'][stage_number + 1] as reached_stage,
        least(cents_1, cents_2) * (300 + drawn('programmed', amount_key, leaf, 650)) // 1000
        * case when stage_number >= 1 then 400 + drawn('committed', amount_key, leaf, 550) else 1000 end // 1000
        * case when stage_number >= 2 then 400 + drawn('paid', amount_key, leaf, 550) else 1000 end // 1000
        * (closing + 1) // closing_count as reached_cents
    from placed
)

select
    contract_number,
    1_000_000 + leaf * 12 + stage_number * 4 + closing as place,
    'progress' as row_kind,
    line_code || '_' || reached_stage as line_code,
    case stage_number when 0 then 'Programmé' when 1 then 'Engagé' else 'Payé' end || ' sur l''opération fictive ' || (operation + 1) as label_fr,
    'counted' as line_use,
    line_code as parent_line_code,
    null as breakdown,
    contract_code || '_v' || (volet + 1) || '_' || (objective + 1) as axis_code,
    funder,
    case funder
        when 0 then [null, null, 'fnadt', 'dsil', 'detr'][drawn('fund', contract_number, leaf, 5) + 1]
        when 3 then ['feder', 'feder', 'fse'][drawn('fund', contract_number, leaf, 3) + 1]
    end as fund_code,
    drawn('owner', contract_number, operation, getvariable('owners')) + 1 as owner_number,
    operation_code,
    case when is_shared or drawn('own place', contract_number, operation, 10) = 0 then commune_code end as territory_code,
    reached_stage as stage,
    reached_cents as cents,
    '€' as style,
    'exact' as qualifier,
    null as year_count,
    null as own_period,
    make_date(cast(start_year + 1 + closing as integer), 12, 31) as as_of_date,
    1 as version,
    false as is_withdrawn,
    cast(start_year + 1 + closing as integer) as closing_year,
    10 + leaf as line_number
from reached_amounts;

-- where each amount stands and since when it is known
create or replace temp view bench_documented as
select
    rows.*,
    contracts.contract_code,
    case
        when closing_year is not null then contracts.contract_code || '_rapport_' || (closing_year - start_year)
        when version = 2 then contracts.contract_code || '_avenant'
        else document_code
    end as document_code,
    case
        when closing_year is not null then make_date(closing_year + 1, 3, 1)
        when version = 2 then amended_on
    end as recorded_on
from bench_rows as rows
inner join bench_contracts as contracts on rows.contract_number = contracts.contract_number;
