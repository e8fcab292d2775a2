{#- Sum of the high bounds of the rows that meet a condition; null as soon as one of them has no bound. -#}
{% macro high_bound(condition) -%}
case
    when count(amount_eur) filter (where {{ condition }}) = count(amount_high_eur) filter (where {{ condition }})
        then sum(amount_high_eur) filter (where {{ condition }})
end
{%- endmacro %}
