with links as (
    select * from {{ ref('int_territory_links') }}
),

-- most territories are communes, which hold nothing
upper_links as (
    select * from links
    where territory_code in (select holders.holder_code from links as holders)
),

-- once for any way up, and once for the ways on which each lies in the next as a whole
steps_up as (
    select
        territory_code,
        holder_code,
        false as is_whole
    from upper_links
    union all
    select
        territory_code,
        holder_code,
        is_whole
    from upper_links
    where is_whole
),

{{ climbs('steps_up', 'territory_code', 'holder_code', keys=['is_whole']) }}

select
    start_code as territory_code,
    reached_code as ancestor_code,
    min(distance) as distance,
    bool_or(is_whole) as is_whole
from climbs
group by start_code, reached_code
