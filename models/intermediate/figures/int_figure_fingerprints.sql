-- Fingerprint of each figure that was read a second time, and of what its line says of it.
-- depends_on: {{ ref('int_seeds_checked') }}
with mentions as (
    select * from {{ ref('stg_contracts__source_mentions') }}
    where verified_by is not null
),

lines as (
    select * from {{ ref('stg_contracts__financial_lines') }}
),

facts as (
    select
        mentions.mention_code,
        concat_ws(
            '|',
            mentions.document_code,
            mentions.line_number,
            mentions.printed_figure,
            coalesce(mentions.printed_unit, ''),
            mentions.qualifier,
            mentions.basis,
            mentions.multiplier,
            mentions.role,
            mentions.subject_type,
            coalesce(mentions.subject_code, ''),
            coalesce(cast(mentions.subject_recorded_on as varchar), ''),
            coalesce(mentions.exclusion_reason, ''),
            coalesce(lines.line_use, ''),
            coalesce(lines.stage, ''),
            coalesce(lines.instrument, ''),
            coalesce(lines.contract_code, ''),
            coalesce(lines.partner_code, '')
        ) as fact_text
    from mentions
    left join lines
        on
            mentions.subject_type = 'financial_line'
            and mentions.subject_code = lines.line_code
            and mentions.subject_recorded_on is not distinct from lines.recorded_on
)

select
    mention_code,
    -- positions of one line share a mention date
    md5(string_agg(fact_text, ' / ' order by fact_text)) as fingerprint
from facts
group by mention_code
