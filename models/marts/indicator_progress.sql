with indicators as (
    select * from {{ ref('fct_indicator') }}
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

axes as (
    select * from {{ ref('dim_axis') }}
),

final as (
    select
        indicators.indicator_key,
        indicators.contract_key,
        contracts.label_fr as contract_label_fr,
        indicators.axis_key,
        axes.volet_label_fr,
        indicators.label_fr as indicator_label_fr,
        indicators.unit,
        indicators.target_value,
        indicators.realised_value,
        {{ rate_percent('indicators.realised_value', 'indicators.target_value') }} as realised_percent,
        indicators.as_of_date,
        indicators.document_key,
        indicators.line_number
    from indicators
    inner join contracts on indicators.contract_key = contracts.contract_key
    inner join axes on indicators.axis_key = axes.axis_key
)

select * from final
