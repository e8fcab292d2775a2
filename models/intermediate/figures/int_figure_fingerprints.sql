-- Fingerprint of each figure that was read a second time, with what its line says of it, and of the dates of each contract.
-- Files that users land come and go: they are not sealed.
-- depends_on: {{ ref('int_seeds_checked') }}
with mentions as (
    select * from {{ ref('int_mentions_declared') }}
    where verified_by is not null and landing_file is null
),

lines as (
    select * from {{ ref('int_lines_declared') }}
),

contracts as (
    select * from {{ ref('stg_contracts__contracts') }}
    where coalesce(signed_on, voted_on) is not null and landing_file is null
),

facts as (
    select
        'mention' as subject_type,
        mentions.mention_code as subject_code,
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
            coalesce(cast(mentions.subject_recorded_on as {{ dbt.type_string() }}), ''),
            coalesce(mentions.exclusion_reason, ''),
            coalesce(lines.line_use, ''),
            coalesce(lines.stage, ''),
            coalesce(lines.instrument, ''),
            coalesce(lines.contract_code, ''),
            coalesce(lines.partner_code, ''),
            cast(mentions.subject_as_of_date as {{ dbt.type_string() }})
        ) as fact_text
    from mentions
    left join lines
        on
            mentions.subject_type = 'financial_line'
            and mentions.subject_code = lines.line_code
            and mentions.subject_recorded_on is not distinct from lines.recorded_on
            and coalesce(mentions.subject_as_of_date, lines.as_of_date) is not distinct from lines.as_of_date
    union all
    select
        'contract' as subject_type,
        contract_code as subject_code,
        concat_ws(
            '|',
            document_code,
            coalesce(cast(signed_on as {{ dbt.type_string() }}), ''),
            coalesce(cast(voted_on as {{ dbt.type_string() }}), '')
        ) as fact_text
    from contracts
)

select
    subject_type,
    subject_code,
    -- positions of one line share a mention
    md5({{ joined_texts('fact_text', ' / ') }}) as fingerprint
from facts
group by subject_type, subject_code
