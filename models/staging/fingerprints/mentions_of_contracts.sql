{{ config(materialized='ephemeral') }}
-- mentions with the contract of the line or indicator that they are about
with lines as (
    select distinct
        line_code,
        contract_code
    from ({{ accepted_rows('financial_lines') }}) as rows_of_table
),

indicators as (
    {{ accepted_rows('indicators') }}
),

mentions as (
    {{ accepted_rows('source_mentions') }}
)

select
    lines.contract_code,
    mentions.document_code,
    mentions.row_hash
from mentions
inner join lines on mentions.subject_type = 'financial_line' and mentions.subject_code = lines.line_code
union all
select
    indicators.contract_code,
    mentions.document_code,
    mentions.row_hash
from mentions
inner join indicators on mentions.subject_type = 'indicator' and mentions.subject_code = indicators.indicator_code
