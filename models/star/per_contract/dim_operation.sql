with operations as (
    select * from {{ ref('stg_contracts__operations') }}
    {{ only_changed_contracts('contract_code') }}
),

final as (
    select
        operation_code as operation_key,
        contract_code as contract_key,
        coalesce(axis_code, 'unspecified') as axis_key,
        label_fr,
        coalesce(owner_partner_code, 'unspecified') as owner_partner_key,
        coalesce(territory_code, 'unspecified') as territory_key,
        status,
        planned_start_year,
        planned_end_year,
        actual_start_year,
        actual_end_year,
        physical_progress_percent,
        as_of_date,
        coalesce(document_code, 'unspecified') as document_key,
        line_number,
        note
    from operations
    union all
    {{ unspecified_member('dim_operation', {'status': "'unknown'"}) }}
)

select * from final
