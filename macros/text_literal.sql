{#- Words as an SQL text, escaped as the engine wants; null without words. -#}
{% macro text_literal(words) -%}
{{ dbt.string_literal(dbt.escape_single_quotes(words)) if words else 'cast(null as ' ~ dbt.type_string() ~ ')' }}
{%- endmacro %}
