with documents as (
    select
        document_code,
        published_on,
        {{ published_by() }} as published_by
    from {{ ref('stg_contracts__source_documents') }}
),

citations as (
    select * from {{ ref('figure_citations') }}
    where subject_type = 'indicator'
),

-- a result may stand in a later document than its target
cited as (
    select
        citations.subject_code,
        max(documents.published_by) as published_by
    from citations
    inner join documents on citations.document_key = documents.document_code
    group by citations.subject_code
),

indicators as (
    select
        indicators.*,
        documents.published_on,
        greatest(documents.published_by, cited.published_by) as published_by,
        lower({{ without_accents('indicators.label_fr') }}) as plain_label,
        -- years, and ranges of years such as those in the name of a contract
        {{ regex_find_all('indicators.label_fr', '\\b(?:20[0-9]{2} ?[-–] ?)?20[0-9]{2}\\b') }} as label_years
    from {{ ref('stg_contracts__indicators') }} as indicators
    inner join {{ ref('int_contracts_changed') }} as changed on indicators.contract_code = changed.contract_code
    left join documents on indicators.document_code = documents.document_code
    left join cited on indicators.indicator_code = cited.subject_code
),

-- no result of the documents read exceeds its target; target and result in each other's place differ by 2 to 13 times in most pairs
checked as (
    select
        *,
        case
            when realised_value is not null and as_of_date > published_by then 'a result is not reached after its document'
            when
                realised_value is not null and target_value is null
                and case when length({{ last_of('label_years') }}) = 4 then cast({{ last_of('label_years') }} as integer) end
                > extract(year from published_by)
                then 'a figure for a year after its document is a target'
            when target_value is not null and realised_value is null and as_of_date < published_on
                then 'a figure for a day before its document is a result'
            -- of times and percentages a lower one is often the better one
            when
                target_value > 0 and realised_value > 2 * cast(target_value as decimal(28, 2))
                and position('%' in unit) = 0 and unit not in ('minutes', 'heures', 'jours')
                then 'a result is not more than twice its target'
            when
                position('%' in unit) = 1 and (target_value > 100 or realised_value > 100)
                and not {{ regex_is('plain_label', '.*(augmentation|hausse|croissance|progression|multipli|excedent|au-dessus).*') }}
                then 'a share of a whole is not over 100 %'
        end as defect
    from indicators
)

select
    'indicator' as subject_type,
    indicator_code as subject_code,
    contract_code,
    concat_ws(' ', 'a target for later, or a result by', published_by) as expected,
    concat_ws(', ', 'target ' || target_value, 'result ' || realised_value, 'as of ' || as_of_date) || ' (' || unit || ')' as found,
    cast(null as decimal(28, 2)) as difference,
    case when defect is null then 'pass' else 'fail' end as status,
    coalesce(defect, 'target and result fit each other, their unit and their document') as reason
from checked
