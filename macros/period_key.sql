{#- Key of a period, such as 2015-2020; an unknown bound is "?"; without any bound, unspecified. -#}
{% macro period_key(start_year, end_year) -%}
case
    when coalesce({{ start_year }}, {{ end_year }}) is null then 'unspecified'
    else coalesce(cast({{ start_year }} as {{ dbt.type_string() }}), '?') || '-' || coalesce(cast({{ end_year }} as {{ dbt.type_string() }}), '?')
end
{%- endmacro %}
