with lines as (
    select * from {{ ref('int_lines_in_tree') }}
),

parts as (
    select * from {{ ref('int_parts_in_tree') }}
),

summed as (
    select
        snapshot_id,
        total_line_id,
        count(*) as child_count,
        count(amount_eur) as quantified_child_count,
        cast(sum(amount_eur) as decimal(28, 2)) as children_eur,
        cast(sum(amount_low_eur) as decimal(28, 2)) as children_low_eur,
        cast(case when count(amount_high_eur) = count(*) then sum(amount_high_eur) end as decimal(28, 2)) as children_high_eur,
        cast(least(
            coalesce(sum(case when is_by_partner then amount_eur end), 0),
            coalesce(sum(case when is_by_axis then amount_eur end), 0)
        ) as decimal(28, 2)) as crossing_eur
    from parts
    group by snapshot_id, total_line_id
),

final as (
    select
        lines.snapshot_id,
        lines.snapshot_kind,
        lines.line_id,
        lines.line_use,
        lines.breakdown,
        lines.amount_eur,
        lines.amount_low_eur,
        lines.amount_high_eur,
        coalesce(summed.child_count, 0) as child_count,
        coalesce(summed.quantified_child_count, 0) as quantified_child_count,
        summed.children_eur,
        summed.children_low_eur,
        summed.children_high_eur,
        summed.crossing_eur,
        -- parts without any amount take nothing out of the total
        case
            when summed.total_line_id is not null then cast(lines.amount_eur - coalesce(summed.children_eur, 0) as decimal(28, 2))
        end as gap_eur,
        -- the total and its parts can be equal within what is printed
        coalesce(lines.amount_low_eur <= summed.children_high_eur, true)
        and coalesce(lines.amount_high_eur >= summed.children_low_eur, true) as is_within_precision
    from lines
    left join summed on lines.snapshot_id = summed.snapshot_id and lines.line_id = summed.total_line_id
    where summed.total_line_id is not null or lines.breakdown is not null or lines.line_use = 'cross_total'
)

select * from final
