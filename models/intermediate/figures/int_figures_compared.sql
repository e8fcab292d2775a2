-- Each printed money figure and the row of the second reading about it: which attributes agree.
-- A row of the second reading is given to one figure only: first where both find each other nearest, then among what is left.
{% set attributes = [
    'amount', 'qualifier', 'use', 'funder', 'axis', 'place', 'period', 'stage', 'status', 'contract', 'operation',
] %}

with figures as (
    select * from {{ ref('int_figures_attributed') }}
),

pairs as (
    select
        *,
        0
        {% for attribute in attributes -%}
            + coalesce(cast({{ attribute }}_agrees as integer), 0)
        {% endfor %} as agreement_count
    from {{ ref('int_figures_paired') }}
),

first_round as (
    select
        *,
        row_number() over (
            partition by mention_code
            order by amount_agrees desc, line_distance asc, agreement_count desc, reading_code asc
        ) as rank_for_figure,
        row_number() over (
            partition by reading_code
            order by amount_agrees desc, line_distance asc, agreement_count desc, mention_code asc
        ) as rank_for_reading
    from pairs
    where amount_agrees
),

found as (
    select * from first_round
    where rank_for_figure = 1 and rank_for_reading = 1
),

left_over as (
    select pairs.*
    from pairs
    left join found as by_figure on pairs.mention_code = by_figure.mention_code
    left join found as by_reading on pairs.reading_code = by_reading.reading_code
    where by_figure.mention_code is null and by_reading.reading_code is null
),

second_round as (
    select
        *,
        row_number() over (
            partition by mention_code
            order by amount_agrees desc, line_distance asc, agreement_count desc, reading_code asc
        ) as rank_for_figure,
        row_number() over (
            partition by reading_code
            order by amount_agrees desc, line_distance asc, agreement_count desc, mention_code asc
        ) as rank_for_reading
    from left_over
),

chosen as (
    select * from found
    union all
    select * from second_round
    where rank_for_figure = 1 and rank_for_reading = 1
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
