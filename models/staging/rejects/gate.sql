-- stops a build at broken rows: what is built of seeds and landing files waits for this model
with rejects as (
    select * from {{ ref('rejects') }}
),

broken as (
    select
        *,
        file_name || coalesce(', line ' || line_number, '') || coalesce(', column ' || column_name, '') as place
    from rejects
    {% if var('keep_rejects') %}where landing_file is null{% endif %}
),

first_ones as (
    select place || ': ' || reason as sentence
    from broken
    order by rule = 'follows', file_name, line_number, column_name, rule
    limit 20
),

summary as (
    select count(*) || ' broken cells or rows; nothing was built of them, staging.rejects lists all:' as sentence
    from broken
    having count(*) > 0
),

judged as (
    select
        case
            when count(*) > 0 then error((select summary.sentence from summary) || chr(10) || string_agg(sentence, chr(10)))
        end as verdict
    from first_ones
),

counted as (
    select count(*) as reject_count from rejects
)

select
    coalesce(judged.verdict, true) as is_sound,
    {{ state_of_rows() }} as row_state,
    counted.reject_count > 0 as has_rejects
from judged
cross join counted
