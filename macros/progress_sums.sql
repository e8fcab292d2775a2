{#-
  Columns of what is contracted and of the progress of it, each with low and high: contracted_…, programmed_…, committed_…, paid_….
  is_progress_of: column that tells which rows are progress of what is contracted there.
-#}
{% macro progress_sums(is_progress_of) -%}
{%- for stage in stages()[1:] -%}
    {%- set condition = "stage = '" ~ stage ~ "' and " ~ is_progress_of -%}
        sum(amount_eur) filter (where {{ condition }}) as {{ stage }}_eur,
        sum(amount_low_eur) filter (where {{ condition }}) as {{ stage }}_low_eur,
        {{ high_bound(condition) }} as {{ stage }}_high_eur
    {{- ',\n        ' if not loop.last }}
{%- endfor -%}
{%- endmacro %}
