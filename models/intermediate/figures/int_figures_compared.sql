-- Each printed money figure and the row of the second reading about it: which attributes agree.
-- A row of the second reading is given to one figure only: first where both find each other nearest, then among what is left.
{% set attributes = [
    'amount', 'qualifier', 'use', 'funder', 'axis', 'place', 'period', 'stage', 'status', 'contract', 'operation',
] %}
{% set agreement_count -%}
(
    {%- for attribute in attributes %}coalesce(cast({{ attribute }}_agrees as integer), 0){{ ' + ' if not loop.last }}{% endfor -%}
)
{%- endset %}

with figures as (
    select * from {{ ref('int_figures_attributed') }}
),

pairs as (
    select
        *,
        {{ agreement_count }} as agreement_count
    from {{ ref('int_figures_paired') }}
),

{% for name, source in [('first_ranks', 'pairs where amount_agrees'), ('second_ranks', 'left_over')] -%}
    {% if name == 'second_ranks' %}
        left_over as (
            select pairs.*
            from pairs
            left join first_ranks_chosen as by_figure on pairs.mention_code = by_figure.mention_code
            left join first_ranks_chosen as by_reading on pairs.reading_code = by_reading.reading_code
            where by_figure.mention_code is null and by_reading.reading_code is null
        ),
    {% endif %}

    {{ name }} as (
        select
            *,
            row_number() over (
                partition by mention_code
                order by amount_agrees desc, line_distance, agreement_count desc, reading_code
            ) as rank_for_figure,
            row_number() over (
                partition by reading_code
                order by amount_agrees desc, line_distance, agreement_count desc, mention_code
            ) as rank_for_reading
        from {{ source }}
    ),

    {{ name }}_chosen as (
        select * from {{ name }}
        where rank_for_figure = 1 and rank_for_reading = 1
    ),
{% endfor %}

chosen as (
    select * from first_ranks_chosen
    union all
    select * from second_ranks_chosen
),

final as (
    select
        figures.mention_code,
        figures.contract_key,
        figures.document_code,
        figures.line_number,
        figures.printed_figure,
        chosen.reading_code,
        chosen.funder_agreement,
        {% for attribute in attributes -%}
            chosen.{{ attribute }}_agrees,
        {% endfor -%}
        chosen.reading_code is not null
        {% for attribute in attributes -%}
            and coalesce(chosen.{{ attribute }}_agrees, true)
        {% endfor %} as is_agreed
    from figures
    left join chosen on figures.mention_code = chosen.mention_code
)

select * from final
