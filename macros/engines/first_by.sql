{#-
  Aggregate: the value of the row that comes first in an order. A null value is passed over unless keep_null is true.
  value: expression. order_by: list of expressions. condition: rows that are looked at; all when none.
-#}
{% macro first_by(value, order_by, condition=none, keep_null=false) -%}
{{ adapter.dispatch('first_by')(value, order_by, condition, keep_null) }}
{%- endmacro %}


{% macro default__first_by(value, order_by, condition, keep_null) -%}
arg_min{{ '_null' if keep_null }}(
    {{- value }}, {{ order_by[0] if order_by | length == 1 else '(' ~ order_by | join(', ') ~ ')' -}}
){{ ' filter (where ' ~ condition ~ ')' if condition }}
{%- endmacro %}


{% macro spark__first_by(value, order_by, condition, keep_null) -%}
{%- set conditions = ([condition] if condition else []) + ([] if keep_null else [value ~ ' is not null']) -%}
min_by({{ value }}, struct({{ order_by | join(', ') }})){{ ' filter (where ' ~ conditions | join(' and ') ~ ')' if conditions }}
{%- endmacro %}
