with contracts as (
    select * from {{ ref('stg_contracts__contracts') }}
),

contract_types as (
    select * from {{ ref('stg_contracts__contract_types') }}
),

named as (
    select
        contracts.contract_code as contract_key,
        contracts.label_fr,
        contracts.contract_type_code,
        contract_types.label_fr as contract_type_label_fr,
        contract_types.label_en as contract_type_label_en,
        contract_types.family as contract_family,
        contract_types.instrument_class,
        contract_types.instrument_class_label_fr,
        contracts.signed_on,
        contracts.voted_on,
        contracts.period_start_year,
        contracts.period_end_year,
        coalesce(contracts.territory_code, 'unspecified') as territory_key,
        coalesce(contracts.document_code, 'unspecified') as document_key,
        contracts.line_number,
        contracts.note
    from contracts
    inner join contract_types on contracts.contract_type_code = contract_types.contract_type_code
),

final as (
    select * from named
    union all
    {{ unspecified_member('dim_contract') }}
)

select * from final
