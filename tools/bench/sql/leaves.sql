-- The contracted share of one funder in one operation. 17 shares make 10 operations of one to three funders.
create or replace temp table bench_leaves as
with numbered as (
    select contracts.*, unnest(range(leaf_count)) as leaf
    from bench_contracts as contracts
),

placed as (
    select
        *,
        leaf // 17 * 10 + [0, 1, 1, 2, 3, 3, 3, 4, 5, 5, 6, 6, 7, 8, 8, 8, 9][leaf % 17 + 1] as operation,
        [0, 0, 1, 0, 0, 1, 2, 0, 0, 1, 0, 1, 0, 0, 1, 2, 0][leaf % 17 + 1] as funder_place
    from numbered
),

owned as (
    select
        *,
        (drawn('funder', contract_number, operation, funder_count) + funder_place) % funder_count as funder,
        drawn('volet', contract_number, operation, volet_count) as volet,
        drawn('objective', contract_number, operation, 3) as objective,
        -- the operations of a contract lie in at most fifty communes
        (drawn('area', contract_number, 0, 1_000) + drawn('commune', contract_number, operation, 50)) % commune_count as commune_number,
        drawn('style', contract_number, leaf, 100) as style_draw,
        drawn('size', amount_key, leaf, 1_000_003) / 1_000_003 as size_draw,
        -- about one operation in a hundred is that of another contract
        shared_number is not null and drawn('shared', contract_number, operation, 100) = 0 as is_shared
    from placed
),

totalled as (
    select
        *,
        -- with two levels, operations stand right under the total of the funder
        case when depth = 2 then -1 else volet end as total_volet,
        cast(floor(50 * exp(4 * size_draw * size_draw)) as bigint) as thousands,
        case when leaf_count < 1000 then 100_000 else 10_000 end as step_cents
    from owned
),

known as (
    select
        *,
        drawn('partial', contract_number, funder * 100 + total_volet, 10) < 3 as is_partial,
        leaf > min(leaf) over (partition by contract_number, funder, total_volet) as is_spare
    from totalled
),

styled as (
    select
        *,
        -- the last two digits of a hundred are lines without a printed amount, where the total is not fully broken down
        case
            when style_draw >= 98 and is_partial and is_spare then 'not_printed'
            when style_draw between 70 and 74 or style_draw between 80 and 88 then 'k€'
            when style_draw between 75 and 79 or style_draw between 89 and 93 then 'M€'
            else '€'
        end as style,
        case
            when style_draw between 80 and 85 then 'about'
            when style_draw between 86 and 88 then 'range'
            when style_draw = 89 then 'more_than'
            when style_draw = 90 then 'at_least'
            when style_draw = 91 then 'at_most'
            when style_draw between 92 and 93 then 'nearly'
            else 'exact'
        end as qualifier,
        case when style_draw between 94 and 97 then 2 + drawn('year_count', contract_number, leaf, 3) end as year_count,
        is_amended and drawn('amend', contract_number, leaf, 100) < 12 as moves
    from known
),

-- amounts differ inside a contract by their last digits, so that none looks like the same money twice
priced as (
    select
        *,
        case style
            when 'not_printed' then null
            when '€' then (thousands // coalesce(year_count, 1) * 100_000 + leaf * 7919 % 99_991 + 1) * coalesce(year_count, 1)
            else ((thousands * 100_000 // step_cents // (leaf_count + 1) + 1) * (leaf_count + 1) + leaf + 1) * step_cents
        end as cents_1,
        case when style = '€' then (thousands // coalesce(year_count, 1) // 20 + 1) * 100_000 * coalesce(year_count, 1)
            else (leaf_count + 1) * step_cents
        end as moved_cents
    from styled
)

select
    *,
    contract_code || '_l' || lpad(cast(leaf + 1 as varchar), 5, '0') as line_code,
    moves and cents_1 is not null as is_moved,
    is_amended and not moves and is_partial and is_spare and style <> 'not_printed' and drawn('withdraw', contract_number, leaf, 100) < 3
        as is_withdrawn,
    case when not is_withdrawn then cents_1 + case when is_moved then moved_cents else 0 end end as cents_2,
    case
        when is_shared
            then 'bench_' || lpad(cast(shared_number as varchar), 6, '0') || '_o'
                || lpad(cast(operation % greatest(1, leaves_of(shared_lines) // 17 * 10) + 1 as varchar), 5, '0')
        else contract_code || '_o' || lpad(cast(operation + 1 as varchar), 5, '0')
    end as operation_code,
    communes.commune_code,
    case when is_shared or drawn('own place', contract_number, operation, 10) = 0 then communes.commune_code end as own_territory_code,
    drawn('owner', contract_number, operation, getvariable('owners')) + 1 as owner_number,
    case funder
        when 0 then [null, null, 'fnadt', 'dsil', 'detr'][drawn('fund', contract_number, leaf, 5) + 1]
        when 3 then ['feder', 'feder', 'fse'][drawn('fund', contract_number, leaf, 3) + 1]
    end as fund_code
from priced
inner join bench_communes as communes
    on priced.departement_number = communes.departement_number and priced.commune_number = communes.commune_number;
