-- Which dwellings and jobs were promised, and how many are reached?
-- Results with a target, in dwellings and jobs, and any other result for which a document prints both a target and what is reached.
-- Null reached: no document prints a result, which is not a result of zero. Percent: reached over target.
-- The 23 000 dwellings of the mining basin are the 12 000 with co-funding and the 11 000 that the landlords had planned: never add the
-- three. The plan of 100 000 dwellings stands twice, once for its name. The pledges of the campaign of 2015 are left out.
with indicators as (
    select * from {{ ref('indicator_progress') }}
    where target_value is not null
),

documents as (
    select * from {{ ref('dim_document') }}
    where document_status <> 'pledge'
)

select
    indicators.contract_label_fr,
    indicators.indicator_label_fr,
    indicators.unit,
    indicators.target_value,
    indicators.realised_value as reached_value,
    indicators.realised_percent as reached_percent,
    indicators.as_of_date,
    documents.title as document_title,
    indicators.line_number
from indicators
inner join documents on indicators.document_key = documents.document_key
where indicators.unit in ('logements', 'emplois') or indicators.realised_value is not null
order by indicators.unit desc, indicators.contract_label_fr asc, indicators.target_value desc, indicators.indicator_key asc
