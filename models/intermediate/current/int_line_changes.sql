with versions as (
    select * from {{ ref('int_lines_versioned') }}
    where line_use = 'counted' and as_of_date is null and not is_withdrawn
)

select
    line_code,
    count(*) as version_count,
    {{ last_by('amount_eur', ['effective_on', 'recorded_on']) }}
    - {{ first_by('amount_eur', ['effective_on', 'recorded_on']) }} as moved_eur
from versions
group by line_code
