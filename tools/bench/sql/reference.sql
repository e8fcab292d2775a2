-- Official départements of metropolitan France and their communes, without those that the shipped seeds name by a code of their own.
create or replace temp table named_territories as
select territory_type_code || '_' || official_code as official_territory_code
from read_csv(getvariable('seeds') || '/territories.csv', header = true, all_varchar = true)
where official_code is not null;

create or replace temp table official as
select *, territory_type_code || '_' || official_code as official_territory_code
from read_parquet(getvariable('seeds') || '/official/territories.parquet')
where successor_code is null;

create or replace temp table bench_departements as
select
    row_number() over (order by departements.official_code) - 1 as departement_number,
    departements.official_code as departement_code,
    departements.region_code,
    count(communes.official_code) as commune_count
from official as departements
inner join official as communes
    on communes.territory_type_code = 'commune' and departements.official_code = communes.departement_code
where
    departements.territory_type_code = 'departement' and departements.region_code between '11' and '93' and departements.region_code <> '32'
    and departements.official_territory_code not in (select official_territory_code from named_territories)
    and 'region_' || departements.region_code not in (select official_territory_code from named_territories)
    and communes.official_territory_code not in (select official_territory_code from named_territories)
group by departements.official_code, departements.region_code;

create or replace temp table bench_communes as
select
    departements.departement_number,
    row_number() over (partition by departements.departement_number order by communes.official_code) - 1 as commune_number,
    communes.official_territory_code as commune_code
from official as communes
inner join bench_departements as departements on communes.departement_code = departements.departement_code
where
    communes.territory_type_code = 'commune'
    and communes.official_territory_code not in (select official_territory_code from named_territories);

create or replace temp table bench_themes as
select row_number() over (order by theme_code) - 1 as theme_number, theme_code
from read_csv(getvariable('seeds') || '/themes.csv', header = true, all_varchar = true);

-- régions and départements are fictitious partners of their own: the shipped ones are real
create or replace temp table bench_partners as
select 'bench_region_' || region_code as partner_code, 'Conseil régional ' || region_code || ' (fictif)' as label_fr, 'region' as partner_type_code
from bench_departements
group by region_code
union all
select 'bench_departement_' || departement_code, 'Conseil départemental ' || departement_code || ' (fictif)', 'departement'
from bench_departements
union all
select 'bench_owner_' || lpad(cast(number as varchar), 5, '0'), 'Maître d''ouvrage fictif n° ' || number, 'local_public_body'
from range(1, getvariable('owners') + 1) as owners (number);
