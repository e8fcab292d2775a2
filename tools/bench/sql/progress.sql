-- Progress: a share is programmed, then committed, then paid, from some closing date on; shares are taken in a drawn order until the
-- contract has its number of lines.
insert into bench_rows by name
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
    line_code as parent_line_code,
    contract_code || '_v' || (volet + 1) || '_' || (objective + 1) as axis_code,
    funder,
    fund_code,
    owner_number,
    operation_code,
    own_territory_code as territory_code,
    reached_stage as stage,
    reached_cents as cents,
    make_date(cast(start_year + 1 + closing as integer), 12, 31) as as_of_date,
    start_year + 1 + closing as closing_year,
    10 + leaf as line_number
from reached_amounts;
