-- Why a printed money figure counts as read once: what each reading says where they differ.
{% set values = {
    'amount': [
        "cast(cast(pairs.parsed_value / nullif(pairs.multiplier, 0) as decimal(24, 2)) as " ~ dbt.type_string() ~ ") || ' ' || pairs.basis",
        "cast(coalesce(pairs.second_amount_eur, pairs.second_share_percent) as " ~ dbt.type_string() ~ ") || ' ' || pairs.second_basis",
    ],
    'qualifier': ['pairs.qualifier', 'pairs.second_qualifier'],
    'use': ['pairs.line_use', 'pairs.second_line_use'],
    'funder': ['pairs.funder_code', 'pairs.second_funder_code'],
    'axis': ['pairs.axis_code', 'pairs.second_axis_code'],
    'place': ['pairs.territory_code', 'pairs.second_territory_code'],
    'period': [
        period_key('pairs.period_start_year', 'pairs.period_end_year'),
        period_key('pairs.second_period_start_year', 'pairs.second_period_end_year'),
    ],
    'stage': ['pairs.stage', 'pairs.second_stage'],
    'status': ['pairs.status', 'pairs.second_status'],
    'contract': ['pairs.contract_code', 'pairs.second_contract_code'],
    'operation': ['pairs.operation_code', 'pairs.second_operation_code'],
} %}

with compared as (
    select * from {{ ref('int_figures_compared') }}
    where not is_agreed
),

pairs as (
    select * from {{ ref('int_figures_paired') }}
)

select
    mention_code,
    document_code,
    line_number,
    printed_figure,
    'figure' as attribute_name,
    printed_figure as first_value,
    cast(null as {{ dbt.type_string() }}) as second_value
from compared
where reading_code is null
{% for attribute, readings in values.items() -%}
    union all
    select
        compared.mention_code,
        compared.document_code,
        compared.line_number,
        compared.printed_figure,
        '{{ attribute }}' as attribute_name,
        {{ readings[0] }} as first_value,
        {{ readings[1] }} as second_value
    from compared
    inner join pairs on compared.mention_code = pairs.mention_code and compared.reading_code = pairs.reading_code
    where not pairs.{{ attribute }}_agrees
{% endfor %}
