-- What the seeds say of each printed money figure, in the words of the second reading. Only documents that were read a second time.
with second_reading as (
    select * from {{ ref('stg_contracts__second_reading') }}
),

figures as (
    select * from {{ ref('int_figures_parsed') }}
    where
        subject_type in ('financial_line', 'none')
        and document_code in (select second_reading.document_code from second_reading)
),

lines as (
    select * from {{ ref('int_lines_of_changed_contracts') }}
),

operations as (
    select * from {{ ref('stg_contracts__operations') }}
),

contracts as (
    select * from {{ ref('stg_contracts__contracts') }}
),

-- positions of one line may share a mention: the earliest speaks for all
positions as (
    select
        figures.mention_code,
        lines.*,
        row_number() over (partition by figures.mention_code order by lines.as_of_date) as position_number
    from figures
    inner join lines
        on
            figures.subject_type = 'financial_line'
            and figures.subject_code = lines.line_code
            and figures.subject_recorded_on is not distinct from lines.recorded_on
            and coalesce(figures.subject_as_of_date, lines.as_of_date) is not distinct from lines.as_of_date
),

final as (
    select
        figures.mention_code,
        figures.contract_code as contract_key,
        figures.document_code,
        figures.line_number,
        figures.printed_figure,
        figures.subject_type,
        figures.parsed_value,
        figures.is_percent,
        figures.multiplier,
        figures.basis,
        figures.qualifier,
        case
            when figures.subject_type = 'none' then 'excluded'
            when positions.line_use = 'cross_total' then 'margin'
            else positions.line_use
        end as line_use,
        positions.contract_code,
        positions.operation_code,
        positions.axis_code,
        positions.partner_code as funder_code,
        coalesce(positions.territory_code, operations.territory_code, contracts.territory_code) as territory_code,
        -- years of its own, else those of the contract
        case
            when coalesce(positions.period_start_year, positions.period_end_year) is not null then positions.period_start_year
            when positions.period_status is null then contracts.period_start_year
        end as period_start_year,
        case
            when coalesce(positions.period_start_year, positions.period_end_year) is not null then positions.period_end_year
            when positions.period_status is null then contracts.period_end_year
        end as period_end_year,
        positions.stage,
        positions.instrument,
        -- an operation has one status: that of the document which tells it last
        case when operations.document_code = figures.document_code then operations.status end as status
    from figures
    left join positions on figures.mention_code = positions.mention_code and positions.position_number = 1
    left join operations on positions.operation_code = operations.operation_code
    left join contracts on positions.contract_code = contracts.contract_code
)

select * from final
