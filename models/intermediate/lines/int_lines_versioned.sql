-- depends_on: {{ ref('int_seeds_checked') }}
with lines as (
    select
        * exclude (document_code, line_number, landing_file),
        document_code as own_document_code,
        line_number as own_line_number
    from {{ ref('stg_contracts__financial_lines') }}
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

final as (
    select
        lines.* exclude (effective_on, recorded_on, amount_low_eur, amount_high_eur),
        coalesce(statements.document_code, lines.own_document_code, contracts.document_code) as document_code,
        coalesce(
            statements.line_number,
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
            else coalesce(lines.amount_low_eur, cast(statements.low_value as decimal(18, 2)), lines.amount_eur)
        end as amount_low_eur,
        case
            when lines.amount_eur is null or lines.qualifier in ('more_than', 'at_least') then null
            -- a yearly amount whose years are not declared has no upper bound
            when
                lines.period_basis = 'per_year' and lines.year_count = 1
                and coalesce(lines.period_end_year > lines.period_start_year, true) then null
            when lines.amount_high_eur is not null then lines.amount_high_eur
            when statements.mention_code is not null then cast(statements.high_value as decimal(18, 2))
            else lines.amount_eur
        end as amount_high_eur
    from lines
    inner join contracts on lines.contract_code = contracts.contract_code
    left join statements
        on
            lines.line_code = statements.subject_code
            and lines.recorded_on is not distinct from statements.subject_recorded_on
            and lines.as_of_date is not distinct from coalesce(statements.subject_as_of_date, lines.as_of_date)
            and not coalesce(statements.is_percent and lines.amount_status = 'printed', false)
    left join documents on coalesce(statements.document_code, lines.own_document_code, contracts.document_code) = documents.document_code
)

select * from final
