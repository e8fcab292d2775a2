with mentions as (
    select * from {{ ref('stg_contracts__source_mentions') }}
),

lines as (
    select * from {{ ref('int_lines_of_changed_contracts') }}
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
        indicators.indicator_code as subject_code,
        indicators.contract_code
    from indicators
    inner join changed on indicators.contract_code = changed.contract_code
),

-- few files hold the landed mentions of a build: DuckDB then reads the other columns of these alone
landed as (
    select distinct mentions.landing_file
    from mentions
    inner join subjects on mentions.subject_type = subjects.subject_type and mentions.subject_code = subjects.subject_code
    where mentions.landing_file is not null
),

candidates as (
    select * from mentions
    where landing_file is null
    union all
    select mentions.*
    from mentions
    inner join landed on mentions.landing_file = landed.landing_file
),

-- a mention about nothing belongs to every build
final as (
    select
        candidates.*,
        subjects.contract_code
    from candidates
    inner join subjects on candidates.subject_type = subjects.subject_type and candidates.subject_code = subjects.subject_code
    union all
    select
        *,
        null as contract_code
    from mentions
    where subject_code is null
    {% if not var('lines_per_build') %}
        union all
        -- one whose subject is not there shows in a build of all contracts
        select
            mentions.*,
            null as contract_code
        from mentions
        left join subjects on mentions.subject_type = subjects.subject_type and mentions.subject_code = subjects.subject_code
        where
            mentions.subject_code is not null
            and subjects.subject_code is null
            and not exists (
                select 1 from {{ ref('stg_contracts__contracts') }} as contracts
                where contracts.contract_code not in (select changed.contract_code from changed)
            )
    {% endif %}
)

select * from final
