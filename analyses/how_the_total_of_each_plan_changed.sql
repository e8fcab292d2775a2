-- How has the total of each State-region plan (CPER) changed since it was first known?
-- One row per version of the total: the day from which it was known (the first of the year or month where a document prints no day), the
-- figure as printed, and the interval that it leaves open.
-- A change is certain when the intervals of two versions do not meet. The draft of 2015 prints about 2 billion, which can be anything from
-- 1.5 to 2.5: the 2.165 billion known in 2019 need not be a rise. Versions replace each other and are never added up.
-- Null change and certainty: first version. Null high: "more than", no upper limit. The plan of 2021-2027 leaves mobility out.
with contracts as (
    select * from {{ ref('dim_contract') }}
    where contract_type_code = 'state_region_plan'
),

whole_totals as (
    select distinct line_code from {{ ref('fct_funding') }}
    where funder_key = 'unspecified' and axis_key = 'unspecified' and operation_key = 'unspecified'
),

versions as (
    select * from {{ ref('line_history') }}
),

citations as (
    select * from {{ ref('figure_citations') }}
    where subject_type = 'financial_line' and role in ('states', 'revises')
),

versions_in_order as (
    select
        versions.*,
        citations.low_value as low_eur,
        citations.high_value as high_eur,
        citations.printed_figure,
        citations.document_title,
        lag(citations.low_value) over (partition by versions.line_code order by versions.version_number) as previous_low_eur,
        lag(citations.high_value) over (partition by versions.line_code order by versions.version_number) as previous_high_eur
    from versions
    inner join whole_totals on versions.line_code = whole_totals.line_code
    left join citations
        on
            versions.line_code = citations.subject_code
            and versions.document_key = citations.document_key
            and versions.line_number = citations.line_number
)

select
    contracts.label_fr as contract_label_fr,
    versions_in_order.version_number,
    versions_in_order.recorded_on as known_from,
    versions_in_order.amount_eur,
    versions_in_order.change_eur,
    versions_in_order.low_eur,
    versions_in_order.high_eur,
    versions_in_order.printed_figure,
    versions_in_order.document_title,
    versions_in_order.line_number,
    versions_in_order.low_eur > versions_in_order.previous_high_eur
    or versions_in_order.high_eur < versions_in_order.previous_low_eur as is_change_certain
from versions_in_order
inner join contracts on versions_in_order.contract_key = contracts.contract_key
order by contracts.contract_key, versions_in_order.version_number
