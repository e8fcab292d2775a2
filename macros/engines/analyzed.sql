{#- After a table is made: PostgreSQL plans the queries on it only once it has looked at it; the other engines need nothing. -#}
{% macro analyzed() -%}
{{ adapter.dispatch('analyzed')() }}
{%- endmacro %}


{% macro default__analyzed() -%}
{%- endmacro %}


{% macro postgres__analyzed() -%}
{% if model.config.materialized != 'view' %}analyze {{ this }}{% endif %}
{%- endmacro %}
