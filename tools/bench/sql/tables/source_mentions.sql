with stated as (
    select
        *,
        line_code || coalesce('_' || strftime(recorded_on, '%Y%m%d'), '') || '_m' as mention_code,
        drawn('apart', contract_number, place, 100) < 8 and style <> '€' as is_apart,
        -- a yearly amount is printed for one year, a range with both ends
        printed_number(cents // coalesce(year_count, 1), style) as first_number,
        case when qualifier = 'range' then printed_number(cents + (cents // 10 // 1_000_000 + 1) * 1_000_000, style) end as last_number
    from bench_documented
    where cents is not null
),

written as (
    select
        *,
        coalesce('de ' || first_number || ' à ' || last_number, first_number) as figure
    from stated
),

-- some shares stand again in a report, in thousands of euros
restated as (
    select
        contracts.contract_code,
        rows.*
    from bench_rows as rows
    inner join bench_contracts as contracts on rows.contract_number = contracts.contract_number
    where
        rows.row_kind = 'leaf' and rows.version = 1 and rows.style = '€' and rows.year_count is null
        and drawn('restated', rows.contract_number, rows.place, 40) = 0
)

select * exclude (contract_number, place, version)
from (
    select
        contract_number,
        place,
        version,
        mention_code,
        document_code,
        cast(line_number as integer) as line_number,
        case when is_apart then figure else figure || ' ' || style end as printed_figure,
        case when is_apart then style end as printed_unit,
        qualifier,
        case when year_count is null then 'total' else 'per_year' end as basis,
        cast(coalesce(year_count, 1) as integer) as multiplier,
        case version when 1 then 'states' else 'revises' end as role,
        'financial_line' as subject_type,
        line_code as subject_code,
        recorded_on as subject_recorded_on,
        as_of_date as subject_as_of_date,
        cast(null as varchar) as exclusion_reason,
        cast(null as varchar) as note
    from written
    union all
    select
        contract_number,
        place,
        9 as version,
        line_code || '_rappel' as mention_code,
        contract_code || '_rapport_1' as document_code,
        5 as line_number,
        printed_number((cents + 50_000) // 100_000 * 100_000, 'k€') || ' k€' as printed_figure,
        null as printed_unit,
        'about' as qualifier,
        'total' as basis,
        1 as multiplier,
        'restates' as role,
        'financial_line' as subject_type,
        line_code as subject_code,
        null as subject_recorded_on,
        null as subject_as_of_date,
        null as exclusion_reason,
        null as note
    from restated
)
order by contract_number, place, version
