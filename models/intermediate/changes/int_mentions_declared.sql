with mentions as (
    select * from {{ ref('stg_contracts__source_mentions') }}
),

lines as (
    select distinct
        line_code,
        contract_code
    from {{ ref('stg_contracts__financial_lines') }}
),

indicators as (
    select * from {{ ref('stg_contracts__indicators') }}
),

changed as (
    select * from {{ ref('int_contracts_changed') }}
),

subjects as (
    select
        'financial_line' as subject_type,
        line_code as subject_code,
        min(contract_code) as contract_code
    from lines
    group by line_code
    union all
    select
        'indicator' as subject_type,
        indicator_code as subject_code,
        contract_code
    from indicators
),

-- a mention about nothing, or about something that is not there, concerns every build
final as (
    select
        mentions.*,
        subjects.contract_code
    from mentions
    left join subjects on mentions.subject_type = subjects.subject_type and mentions.subject_code = subjects.subject_code
    left join changed on subjects.contract_code = changed.contract_code
    where subjects.contract_code is null or changed.contract_code is not null
)

select * from final
