-- Every declared amount, one row per version: what financial_lines and source_mentions are both written from.
create or replace temp table bench_rows (
    contract_number bigint,
    place integer, -- order inside the contract
    row_kind varchar,
    line_code varchar,
    label_fr varchar,
    line_use varchar default 'counted',
    parent_line_code varchar,
    breakdown varchar,
    axis_code varchar,
    funder integer default -1, -- place in the list of funders of the contract, -1 for none
    fund_code varchar,
    owner_number integer,
    operation_code varchar,
    territory_code varchar,
    stage varchar default 'contracted',
    cents bigint,
    style varchar default '€', -- unit that it is printed in
    qualifier varchar default 'exact',
    year_count integer,
    own_period integer, -- years between the start of the contract and that of the amount
    as_of_date date,
    version integer default 1,
    is_withdrawn boolean default false,
    closing_year integer,
    line_number integer
);

insert into bench_rows by name
with versions (version) as (
    values (1), (2)
)

select
    contract_number,
    funder * 10 + volet + 20 as place,
    'total' as row_kind,
    line_code,
    case when funder < 0 then 'Total du contrat (fictif)' when volet < 0 then 'Total du financeur (fictif)' else 'Total du volet (fictif)' end
        as label_fr,
    parent_line_code,
    case kind when 'partial' then 'partial' else 'exhaustive' end as breakdown,
    axis_code,
    funder,
    case version when 1 then cents_1 else cents_2 end as cents,
    case kind when 'exact' then '€' else 'M€' end as style,
    case
        when kind <> 'partial' or qualifier_draw >= 30 then 'exact'
        when qualifier_draw < 15 then 'more_than'
        else 'about'
    end as qualifier,
    version,
    funder * 10 + volet + 20 as line_number
from bench_totals
cross join versions
where version = 1 or cents_2 <> cents_1;

insert into bench_rows by name
with versions (version) as (
    values (1), (2)
)

select
    contract_number,
    1_000 + leaf as place,
    'leaf' as row_kind,
    line_code,
    'Part du financeur dans l''opération fictive ' || (operation + 1) as label_fr,
    contract_code || '_f' || (funder + 1) || case when total_volet < 0 then '' else '_v' || (total_volet + 1) end as parent_line_code,
    contract_code || '_v' || (volet + 1) || '_' || (objective + 1) as axis_code,
    funder,
    fund_code,
    owner_number,
    operation_code,
    own_territory_code as territory_code,
    case version when 1 then cents_1 else cents_2 end as cents,
    style,
    qualifier,
    case when style = '€' then year_count end as year_count,
    case when style = '€' and year_count is not null then drawn('first year', contract_number, leaf, 2) end as own_period,
    version,
    is_withdrawn and version = 2 as is_withdrawn,
    case version
        when 1 then 101 + volet * 4000 + (objective + 1) * 1000 + leaf // (volet_count * 3) % 990
        else 100 + leaf
    end as line_number
from bench_leaves
cross join versions
where version = 1 or is_moved or is_withdrawn;
