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
    select
        'unspecified' as contract_key,
        'Non précisé' as label_fr,
        'unspecified' as contract_type_code,
        'Non précisé' as contract_type_label_fr,
        'Not stated' as contract_type_label_en,
        'unspecified' as contract_family,
        'unspecified' as instrument_class,
        'Non précisé' as instrument_class_label_fr,
        null as signed_on,
        null as voted_on,
        null as period_start_year,
        null as period_end_year,
        'unspecified' as territory_key,
        'unspecified' as document_key,
        null as line_number,
        null as note
)

select * from final
