with lines as (
    select * from {{ ref('int_lines_of_changed_contracts') }}
),

statements as (
    select * from {{ ref('int_line_statements') }}
),

documents as (
    select * from {{ ref('stg_contracts__source_documents') }}
),

contracts as (
    select * from {{ ref('stg_contracts__contracts') }}
),

-- a statement is about one position, or about every position of the version
stated as (
    select
        lines.*,
        coalesce(of_position.subject_code, of_version.subject_code) is not null as is_stated,
        case when of_position.subject_code is not null then of_position.is_percent else of_version.is_percent end as is_percent,
        case when of_position.subject_code is not null then of_position.document_code else of_version.document_code end
            as stated_document_code,
        case when of_position.subject_code is not null then of_position.line_number else of_version.line_number end as stated_line_number,
        case when of_position.subject_code is not null then of_position.known_on else of_version.known_on end as stated_known_on,
        case when of_position.subject_code is not null then of_position.low_value else of_version.low_value end as low_value,
        case when of_position.subject_code is not null then of_position.high_value else of_version.high_value end as high_value
    from lines
    left join statements as of_position
        on
            lines.line_code = of_position.subject_code
            and lines.recorded_on is not distinct from of_position.subject_recorded_on
            and lines.as_of_date = of_position.subject_as_of_date
    left join statements as of_version
        on
            lines.line_code = of_version.subject_code
            and lines.recorded_on is not distinct from of_version.subject_recorded_on
            and of_version.subject_as_of_date is null
),

-- a share printed beside a printed amount does not state the amount
cited as (
    select
        *,
        is_stated and not coalesce(is_percent and amount_status = 'printed', false) as is_cited
    from stated
),

dated as (
    select
        cited.*,
        contracts.signed_on,
        coalesce(
            case when cited.is_cited then cited.stated_document_code end, cited.document_code, contracts.document_code
        ) as resolved_document_code,
        coalesce(
            case when cited.is_cited then cited.stated_line_number end,
            cited.line_number,
            case when cited.document_code is null then contracts.line_number end
        ) as document_line_number,
        case when cited.is_cited then cited.stated_known_on end as known_on
    from cited
    inner join contracts on cited.contract_code = contracts.contract_code
),

final as (
    select
        dated.version_id,
        dated.line_code,
        dated.label_fr,
        dated.line_use,
        dated.parent_line_code,
        dated.parent_basis,
        dated.possible_parent_code,
        dated.progress_of_line_code,
        dated.bound_line_code,
        dated.bound_relation,
        dated.breakdown,
        dated.contract_code,
        dated.axis_code,
        dated.theme_code,
        dated.partner_code,
        dated.beneficiary_partner_code,
        dated.fund_code,
        dated.operation_code,
        dated.territory_code,
        dated.territory_relation,
        dated.stage,
        dated.instrument,
        dated.credit_nature,
        dated.amount_eur,
        dated.qualifier,
        dated.amount_status,
        dated.share_percent,
        dated.period_start_year,
        dated.period_end_year,
        dated.period_status,
        dated.period_basis,
        dated.year_count,
        dated.measure_basis,
        dated.as_of_date,
        dated.is_withdrawn,
        dated.inferred_columns,
        dated.note,
        dated.resolved_document_code as document_code,
        dated.document_line_number,
        documents.document_status,
        -- progress takes effect when it is reached, not when the contract is signed
        coalesce(
            dated.effective_on,
            case when dated.stage in ('announced', 'contracted') then dated.signed_on else dated.as_of_date end,
            dated.recorded_on,
            dated.known_on,
            documents.published_on
        ) as effective_on,
        dated.recorded_on as declared_recorded_on,
        coalesce(dated.recorded_on, dated.known_on, documents.published_on) as recorded_on,
        case
            when dated.amount_eur is null then null
            when dated.amount_low_eur is not null then dated.amount_low_eur
            when dated.is_cited then coalesce(cast(dated.low_value as decimal(18, 2)), dated.amount_eur)
            else dated.amount_eur
        end as amount_low_eur,
        case
            when dated.amount_eur is null or dated.qualifier in ('more_than', 'at_least') then null
            -- a yearly amount whose years are not declared has no upper bound
            when
                dated.period_basis = 'per_year' and dated.year_count = 1
                and coalesce(dated.period_end_year > dated.period_start_year, true) then null
            when dated.amount_high_eur is not null then dated.amount_high_eur
            when dated.is_cited then cast(dated.high_value as decimal(18, 2))
            else dated.amount_eur
        end as amount_high_eur
    from dated
    left join documents on dated.resolved_document_code = documents.document_code
)

select * from final
