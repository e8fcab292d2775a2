{#- A mart that shows all money of fct_funding adds up to it, column by column, to the cent. Returns one row per column that does not. -#}
{% test conserves_funding(model) %}
with expected as (
    select
        {{ measure_sums() }}
    from {{ ref('fct_funding') }}
),

found as (
    select
        {{ measure_sums() }}
    from {{ model }}
)

{% for column in measures() + ['financial_line_count'] %}
    select
        '{{ column }}' as column_name,
        cast(expected.{{ column }} as decimal(18, 2)) as expected,
        cast(found.{{ column }} as decimal(18, 2)) as found
    from expected
    cross join found
    where expected.{{ column }} is distinct from found.{{ column }}
    {{ 'union all' if not loop.last }}
{% endfor %}
{% endtest %}
