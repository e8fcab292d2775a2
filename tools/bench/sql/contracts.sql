-- The contracts of one file, from the table plan: contract_number, base_lines (rows that shape the tree), line_count (rows to write),
-- amount_key (changes every amount), shared_number and shared_lines (contract whose operations it shares and its base_lines, or null).
create or replace temp table bench_contracts as
with shaped as (
    select
        *,
        'bench_' || lpad(cast(contract_number as varchar), 6, '0') as contract_code,
        leaves_of(base_lines) as leaf_count,
        cast(2014 + drawn('start', contract_number, 0, 7) as integer) as start_year,
        cast(4 + drawn('years', contract_number, 0, 4) as integer) as later_years,
        1 + drawn('closings', contract_number, 0, 4) as closing_count,
        drawn('amended', contract_number, 0, 10) < 4 as is_amended,
        drawn('departement', contract_number, 0, (select count(*) from bench_departements)) as departement_number,
        case
            when base_lines < 900 then 2 + drawn('depth', contract_number, 0, 2)
            when base_lines < 4000 then 3 + drawn('depth', contract_number, 0, 2)
            else 4
        end as depth
    from plan
),

sized as (
    select
        *,
        start_year + later_years as end_year,
        least(3 + drawn('funders', contract_number, 0, 5), greatest(3, leaf_count // 8)) as funder_count,
        make_date(
            start_year, cast(1 + drawn('month', contract_number, 0, 12) as integer), cast(1 + drawn('day', contract_number, 0, 28) as integer)
        ) as signed_on
    from shaped
),

dated as (
    select
        sized.*,
        least(8, greatest(2, leaf_count // funder_count // 12)) as volet_count,
        cast(signed_on + cast(drawn('published', contract_number, 0, 30) as integer) as date) as published_on,
        cast(signed_on + cast(400 + drawn('amended_on', contract_number, 0, 500) as integer) as date) as amended_on,
        contract_code || '_contrat' as document_code,
        departements.departement_code,
        departements.region_code,
        departements.commune_count
    from sized
    inner join bench_departements as departements using (departement_number)
)

select
    *,
    ['etat', 'bench_region_' || region_code, 'bench_departement_' || departement_code, 'union_europeenne', 'ademe', 'anru', 'caisse_depots']
        as funders,
    case when drawn('perimeter', contract_number, 0, 10) < 3 then 'region_' || region_code else 'departement_' || departement_code end
        as territory_code
from dated;

create or replace temp table bench_axes as
with volets as (
    select contracts.*, unnest(range(volet_count)) as volet
    from bench_contracts as contracts
)

select
    contract_number,
    contract_code || '_v' || (volet + 1) as axis_code,
    contract_code,
    cast(null as varchar) as parent_axis_code,
    1 as level,
    'Volet' as level_label_fr,
    cast(volet + 1 as integer) as position,
    'Volet fictif ' || (volet + 1) as label_fr,
    theme_code,
    document_code,
    cast(100 + volet * 4000 as integer) as line_number
from volets
inner join bench_themes on theme_number = drawn('theme', contract_number, volet, (select count(*) from bench_themes))
union all
select
    contract_number,
    contract_code || '_v' || (volet + 1) || '_' || (objective + 1),
    contract_code,
    contract_code || '_v' || (volet + 1),
    2,
    'Objectif',
    cast(objective + 1 as integer),
    'Objectif fictif ' || (volet + 1) || '.' || (objective + 1),
    null,
    document_code,
    cast(100 + volet * 4000 + (objective + 1) * 1000 as integer)
from volets
cross join range(3) as objectives (objective);
