select
    cast(trim(territory_code) as varchar) as territory_code,
    cast(trim(member_territory_code) as varchar) as member_territory_code
from {{ ref('territory_members') }}
