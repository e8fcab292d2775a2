{#-
  Aggregate: the value of the row that comes last in an order. A null value is passed over unless keep_null is true.
  value: expression. order_by: list of expressions. condition: rows that are looked at; all when none.
-#}
{% macro last_by(value, order_by, condition=none, keep_null=false) -%}
{{ adapter.dispatch('last_by')(value, order_by, condition, keep_null) }}
{%- endmacro %}


{% macro default__last_by(value, order_by, condition, keep_null) -%}
arg_max{{ '_null' if keep_null }}(
    {{- value }}, {{ order_by[0] if order_by | length == 1 else '(' ~ order_by | join(', ') ~ ')' -}}
){{ ' filter (where ' ~ condition ~ ')' if condition }}
{%- endmacro %}


{% macro spark__last_by(value, order_by, condition, keep_null) -%}
{%- set conditions = ([condition] if condition else []) + ([] if keep_null else [value ~ ' is not null']) -%}
max_by({{ value }}, struct({{ order_by | join(', ') }})){{ ' filter (where ' ~ conditions | join(' and ') ~ ')' if conditions }}
{%- endmacro %}
