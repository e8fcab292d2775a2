-- Fingerprint of each figure that was read a second time, and of what its line says of it.
-- depends_on: {{ ref('int_seeds_checked') }}
with mentions as (
    select * from {{ ref('stg_contracts__source_mentions') }}
    where verified_by is not null
),

lines as (
    select * from {{ ref('stg_contracts__financial_lines') }}
)

select
    mentions.mention_code,
    md5(array_to_string(list_transform([
        mentions.document_code, cast(mentions.line_number as varchar), mentions.printed_figure, mentions.printed_unit,
        mentions.qualifier, mentions.basis, cast(mentions.multiplier as varchar), mentions.role,
        mentions.subject_type, mentions.subject_code, cast(mentions.subject_recorded_on as varchar), mentions.exclusion_reason,
        lines.line_use, lines.stage, lines.instrument, lines.contract_code, lines.partner_code
    ], lambda part: coalesce(part, '')), '|')) as fingerprint
from mentions
left join lines
    on
        mentions.subject_type = 'financial_line'
        and mentions.subject_code = lines.line_code
        and mentions.subject_recorded_on is not distinct from lines.recorded_on
