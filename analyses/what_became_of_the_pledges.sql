-- What did the regional campaign of 2015 pledge, and what signed money is printed for the same subject?
-- Each column is one stage, and no two are to be added up. A subject is first the project that the pledge names, then the theme of the
-- pledge: a project's money is also in its theme, so read the two kinds apart. Pledges are money of the Région, the other columns that
-- of all funders; contracted_by_regions_eur is the fair match. A theme is wider than a pledge, so equal figures would prove nothing.
-- Null: no document prints such money; for the canal and the port of Calais, these documents show nothing signed.
-- The canal's 580 million announced elsewhere are the 880 of all local authorities without the 300 of the Région, taken as a part of them.
-- The 4 570 million left of the Grands Travaux may contain the canal and the port.
with funding as (
    select * from {{ ref('fct_funding') }}
),

operations as (
    select * from {{ ref('dim_operation') }}
),

themes as (
    select * from {{ ref('dim_theme') }}
),

funders as (
    select * from {{ ref('dim_partner') }}
),

subjects as (
    select
        funding.*,
        funding.document_status = 'pledge' as is_pledge,
        funders.partner_type_code = 'region' as is_from_a_region,
        unnest(['project', 'theme']) as subject_kind,
        unnest([operations.label_fr, themes.label_fr]) as subject_label_fr,
        unnest([funding.operation_key, funding.theme_key]) as subject_key
    from funding
    inner join operations on funding.operation_key = operations.operation_key
    inner join themes on funding.theme_key = themes.theme_key
    inner join funders on funding.funder_key = funders.partner_key
)

select
    subject_kind,
    subject_label_fr,
    sum(announced_eur) filter (where is_pledge) as announced_in_campaign_eur,
    sum(announced_eur) filter (where not is_pledge) as announced_elsewhere_eur,
    sum(contracted_eur) as contracted_eur,
    sum(contracted_eur) filter (where is_from_a_region) as contracted_by_regions_eur,
    sum(programmed_eur) as programmed_eur,
    sum(committed_eur) as committed_eur
from subjects
where subject_key <> 'unspecified'
group by subject_kind, subject_key, subject_label_fr
having announced_in_campaign_eur > 0
order by subject_kind asc, announced_in_campaign_eur desc
