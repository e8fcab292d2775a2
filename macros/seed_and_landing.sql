{#-
  Rows of a seed with those that users put into landing/; a seed's rows have no landing_file.
  seed: name of the seed and of its landing table.
-#}
{% macro seed_and_landing(seed) -%}
    select * from {{ ref(seed) }}
    union all by name
    select * from {{ source('landing', seed) }}
{%- endmacro %}
