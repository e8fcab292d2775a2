{#-
  A mart adds up to fct_funding, column by column, to the cent. Returns one row per column that does not.
-#}
{% test conserves_funding(model) %}
{%- set columns = [
    'announced_eur', 'contracted_eur', 'programmed_eur', 'committed_eur', 'paid_eur',
    'contracted_from_draft_eur', 'contracted_loan_eur', 'unallocated_contracted_eur', 'financial_line_count',
] %}
with expected as (
    select
    {%- for column in columns %}
        sum({{ column }}) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('fct_funding') }}
),

found as (
    select
    {%- for column in columns %}
        sum({{ column }}) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ model }}
)

{% for column in columns %}
select
    '{{ model.identifier }}' as table_name,
    '{{ column }}' as column_name,
    cast(expected.{{ column }} as decimal(18, 2)) as expected,
    cast(found.{{ column }} as decimal(18, 2)) as found
from expected
cross join found
where expected.{{ column }} is distinct from found.{{ column }}
{{ 'union all' if not loop.last }}
{% endfor %}
{% endtest %}
