with funding_rows as (
    select * from {{ ref('int_funding_rows') }}
),

final as (
    select
        row_kind || ':' || line_code as funding_row_key,
        row_kind,
        line_code,
        label_fr,
        contract_code as contract_key,
        coalesce(partner_code, 'unspecified') as funder_key,
        coalesce(beneficiary_partner_code, 'unspecified') as beneficiary_key,
        coalesce(territory_code, 'unspecified') as territory_key,
        coalesce(axis_code, 'unspecified') as axis_key,
        coalesce(theme_code, 'unspecified') as theme_key,
        coalesce(fund_code, 'unspecified') as fund_key,
        coalesce(operation_code, 'unspecified') as operation_key,
        {{ period_key('period_start_year', 'period_end_year') }} as period_key,
        stage as stage_key,
        coalesce(document_code, 'unspecified') as document_key,
        document_line_number as line_number,
        instrument,
        credit_nature,
        coalesce(document_status, 'unspecified') as document_status,
        amount_status,
        qualifier,
        share_percent,
        territory_relation,
        is_yearly_of_unknown_length,
        case when stage = 'announced' then amount_eur end as announced_eur,
        case when stage = 'contracted' then amount_eur end as contracted_eur,
        case when stage = 'programmed' then amount_eur end as programmed_eur,
        case when stage = 'committed' then amount_eur end as committed_eur,
        case when stage = 'paid' then amount_eur end as paid_eur,
        case when document_status = 'draft' and stage = 'contracted' then amount_eur end as contracted_from_draft_eur,
        case when instrument in ('loan', 'advance', 'guarantee') and stage = 'contracted' then amount_eur end as contracted_loan_eur,
        case when is_yearly_of_unknown_length and stage = 'contracted' then amount_eur end as contracted_yearly_eur,
        case when row_kind = 'unallocated' and stage = 'contracted' then amount_eur end as unallocated_contracted_eur,
        case when row_kind = 'line' then 1 else 0 end as financial_line_count,
        amount_low_eur,
        amount_high_eur,
        as_of_date,
        effective_on,
        recorded_on,
        inferred_columns,
        possible_parent_code,
        note
    from funding_rows
)

select * from final
