with indicators as (
    select * from {{ ref('stg_contracts__indicators') }}
),

contracts as (
    select * from {{ ref('stg_contracts__contracts') }}
)

select
    indicators.indicator_code as indicator_key,
    indicators.contract_code as contract_key,
    coalesce(indicators.axis_code, 'unspecified') as axis_key,
    coalesce(contracts.territory_code, 'unspecified') as territory_key,
    indicators.line_code,
    indicators.label_fr,
    indicators.unit,
    indicators.target_value,
    indicators.realised_value,
    indicators.as_of_date,
    coalesce(indicators.document_code, 'unspecified') as document_key,
    indicators.line_number,
    indicators.note
from indicators
inner join contracts on indicators.contract_code = contracts.contract_code
