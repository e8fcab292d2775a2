{#-
  Each mart adds up to the model, column by column, to the cent. Returns one row per mart and column that does not.
  in_marts: the marts (ref).
-#}
{% test conserves_funding(model, in_marts) %}
{%- set columns = [
    'announced_eur', 'contracted_eur', 'programmed_eur', 'committed_eur', 'paid_eur',
    'contracted_from_draft_eur', 'contracted_loan_eur', 'contracted_yearly_eur', 'unallocated_contracted_eur', 'financial_line_count',
] %}
with expected as (
    select
    {%- for column in columns %}
        sum({{ column }}) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ model }}
),

found as (
    {%- for mart in in_marts %}
    select
        '{{ referenced_table(mart) }}' as mart,
    {%- for column in columns %}
        sum({{ column }}) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ mart }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

{% for column in columns %}
select
    found.mart,
    '{{ column }}' as column_name,
    cast(expected.{{ column }} as decimal(18, 2)) as expected,
    cast(found.{{ column }} as decimal(18, 2)) as found
from expected
cross join found
where expected.{{ column }} is distinct from found.{{ column }}
{{ 'union all' if not loop.last }}
{% endfor %}
{% endtest %}
