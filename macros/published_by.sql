{#- The last day that the date of publication of a document can mean, as precisely as it is printed. -#}
{% macro published_by() -%}
case published_on_precision
    when 'year' then make_date(cast(extract(year from published_on) as integer), 12, 31)
    when 'month' then {{ dbt.last_day('published_on', 'month') }}
    else published_on
end
{%- endmacro %}
