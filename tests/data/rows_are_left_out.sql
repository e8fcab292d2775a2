{{ config(enabled=target.type == 'duckdb', severity='warn') }}
-- with keep_rejects, says how many rows of which landing files count nowhere: quality.rejects lists them
select
    file_name,
    count(distinct line_number) as row_count,
    min_by(reason, (case when rule in ('follows', 'figure', 'subject') then 1 else 0 end, line_number)) as such_as
from {{ ref('rejects') }}
where {{ var('keep_rejects') }} and landing_file is not null
group by file_name
