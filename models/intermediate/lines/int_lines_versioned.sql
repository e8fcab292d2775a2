-- depends_on: {{ ref('int_seeds_checked') }}
with lines as (
    select
        * exclude (document_code, line_number, landing_file),
        document_code as own_document_code,
        line_number as own_line_number
    from {{ ref('int_lines_declared') }}
),

figures as (
    select * from {{ ref('int_figures_parsed') }}
),

documents as (
    select * from {{ ref('stg_contracts__source_documents') }}
),

contracts as (
    select * from {{ ref('stg_contracts__contracts') }}
),

-- the mention that states the version; it gives document and bounds
statements as (
    select *
    from figures
    where subject_type = 'financial_line' and role in ('states', 'revises')
    qualify row_number() over (
        partition by subject_code, subject_recorded_on, subject_as_of_date order by is_percent, mention_code
    ) = 1
),

-- found before the outer join, which with these conditions would compare every line with every figure
stated as (
    select
        statements.*,
        lines.line_code,
        lines.as_of_date,
        lines.effective_on,
        lines.recorded_on
    from lines
    inner join statements
        on
            lines.line_code = statements.subject_code
            and lines.recorded_on is not distinct from statements.subject_recorded_on
    where
        lines.as_of_date is not distinct from coalesce(statements.subject_as_of_date, lines.as_of_date)
        and not coalesce(statements.is_percent and lines.amount_status = 'printed', false)
),

final as (
    select
        lines.* exclude (effective_on, recorded_on, amount_low_eur, amount_high_eur),
        coalesce(stated.document_code, lines.own_document_code, contracts.document_code) as document_code,
        coalesce(
            stated.line_number,
            lines.own_line_number,
            case when lines.own_document_code is null then contracts.line_number end
        ) as document_line_number,
        documents.document_status,
        -- progress takes effect when it is reached, not when the contract is signed
        coalesce(
            lines.effective_on,
            case when lines.stage in ('announced', 'contracted') then contracts.signed_on else lines.as_of_date end,
            lines.recorded_on,
            documents.published_on
        ) as effective_on,
        coalesce(lines.recorded_on, documents.published_on) as recorded_on,
        case
            when lines.amount_eur is null then null
            else coalesce(lines.amount_low_eur, cast(stated.low_value as decimal(18, 2)), lines.amount_eur)
        end as amount_low_eur,
        case
            when lines.amount_eur is null or lines.qualifier in ('more_than', 'at_least') then null
            -- a yearly amount whose years are not declared has no upper bound
            when
                lines.period_basis = 'per_year' and lines.year_count = 1
                and coalesce(lines.period_end_year > lines.period_start_year, true) then null
            when lines.amount_high_eur is not null then lines.amount_high_eur
            when stated.mention_code is not null then cast(stated.high_value as decimal(18, 2))
            else lines.amount_eur
        end as amount_high_eur
    from lines
    inner join contracts on lines.contract_code = contracts.contract_code
    left join stated
        on
            lines.line_code = stated.line_code
            and lines.as_of_date is not distinct from stated.as_of_date
            and lines.effective_on is not distinct from stated.effective_on
            and lines.recorded_on is not distinct from stated.recorded_on
    left join documents on coalesce(stated.document_code, lines.own_document_code, contracts.document_code) = documents.document_code
)

select * from final
