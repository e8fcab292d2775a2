{#- The stages of money in their order: the codes of the seed `stages`. -#}
{% macro stages() %}
    {{ return(['announced', 'contracted', 'programmed', 'committed', 'paid']) }}
{% endmacro %}


{#- Whether a stage is progress: money that follows what is contracted. -#}
{% macro is_progress(stage) -%}
{{ stage }} in ('{{ stages()[2:] | join("', '") }}')
{%- endmacro %}


{#- The measures of fct_funding in euros; its YAML calls them additive, and Python reads them there. -#}
{% macro measures() %}
    {{ return([
        'announced_eur', 'contracted_eur', 'programmed_eur', 'committed_eur', 'paid_eur',
        'contracted_from_draft_eur', 'contracted_loan_eur', 'contracted_yearly_eur', 'unallocated_contracted_eur',
    ]) }}
{% endmacro %}


{#- The measures of rows of fct_funding, summed under their own names, and the number of their lines. -#}
{% macro measure_sums() -%}
{%- for measure in measures() -%}
cast(sum({{ measure }}) as decimal(28, 2)) as {{ measure }},
        {% endfor -%}
cast(sum(financial_line_count) as bigint) as financial_line_count
{%- endmacro %}
