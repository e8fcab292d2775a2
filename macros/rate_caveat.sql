{#-
  Why there is no rate, or what it leaves out; null where the rates hold all progress.
  linked: relation of contracted_eur and of the progress that belongs to it. prefix, whole: before the column names of all progress, and
  their relation.
-#}
{% macro rate_caveat(linked, prefix, whole) -%}
case
    when {{ linked }}.contracted_eur is null then 'no contracted amount here'
    when coalesce({{ whole }}.{{ prefix }}programmed_eur, {{ whole }}.{{ prefix }}committed_eur, {{ whole }}.{{ prefix }}paid_eur) is null
        then 'no progress figure published'
    when coalesce({{ linked }}.programmed_eur, {{ linked }}.committed_eur, {{ linked }}.paid_eur) is null
        then 'the progress belongs to nothing that is contracted here'
    when
        coalesce({{ whole }}.{{ prefix }}programmed_eur, 0) > coalesce({{ linked }}.programmed_eur, 0)
        or coalesce({{ whole }}.{{ prefix }}committed_eur, 0) > coalesce({{ linked }}.committed_eur, 0)
        or coalesce({{ whole }}.{{ prefix }}paid_eur, 0) > coalesce({{ linked }}.paid_eur, 0)
        then 'some progress belongs to nothing that is contracted here, and is in no rate'
    when greatest({{ linked }}.programmed_eur, {{ linked }}.committed_eur, {{ linked }}.paid_eur) > {{ linked }}.contracted_eur
        then 'progress goes beyond what is contracted here: it may pay for other operations'
end
{%- endmacro %}
