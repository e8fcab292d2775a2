with lines as (
    select * from {{ ref('int_lines_current') }}
),

versions as (
    select * from {{ ref('int_lines_versioned') }}
    where territory_code is not null
),

operations as (
    select operations.*
    from {{ ref('stg_contracts__operations') }} as operations
    inner join {{ ref('int_contracts_changed') }} as changed on operations.contract_code = changed.contract_code
    where operations.territory_code is not null
),

contracts as (
    select * from {{ ref('stg_contracts__contracts') }}
),

ancestors as (
    select * from {{ ref('bridge_territory_ancestor') }}
),

members as (
    select * from {{ ref('stg_contracts__territory_members') }}
),

-- own places: one that a line has from its operation or its total is that of another subject
subjects as (
    select
        'financial_line' as subject_type,
        lines.line_code as subject_code,
        lines.contract_code,
        versions.territory_code,
        versions.territory_relation
    from lines
    inner join versions on lines.version_id = versions.version_id
    union all
    select
        'operation' as subject_type,
        operation_code as subject_code,
        contract_code,
        territory_code,
        null as territory_relation
    from operations
),

placed as (
    select
        subjects.*,
        contracts.territory_code as contract_territory_code
    from subjects
    inner join contracts on subjects.contract_code = contracts.contract_code
),

pairs as (
    select distinct
        territory_code,
        contract_territory_code
    from placed
),

kinds as (
    select
        territories.territory_key,
        territories.territory_type_code in ('perimeter', 'former_region')
        and (max(members.territory_code) is null or coalesce(territories.members_basis, '') = 'incomplete') as has_unknown_members,
        territories.population is null and territories.territory_type_code in ('perimeter', 'neighbourhood') as is_vague
    from {{ ref('dim_territory') }} as territories
    left join members on territories.territory_key = members.territory_code
    group by territories.territory_key, territories.territory_type_code, territories.members_basis, territories.population
),

-- a site or perimeter without communes may lie inside when what holds it holds a part of the contract's territory, or is not known
elsewhere as (
    select
        pairs.territory_code,
        pairs.contract_territory_code
    from pairs
    inner join ancestors as holders on pairs.territory_code = holders.territory_key and holders.distance = 1
    left join ancestors as around
        on pairs.contract_territory_code = around.territory_key and holders.ancestor_territory_key = around.ancestor_territory_key
    group by pairs.territory_code, pairs.contract_territory_code
    having count(around.territory_key) = 0
),

compared as (
    select
        pairs.territory_code,
        pairs.contract_territory_code,
        coalesce(inside.population_share_percent, 0) as share_percent,
        coalesce(contract_kinds.has_unknown_members, false) as has_unknown_members,
        coalesce(place_kinds.is_vague, false) and elsewhere.territory_code is null as may_lie_inside
    from pairs
    left join ancestors as inside
        on pairs.territory_code = inside.territory_key and pairs.contract_territory_code = inside.ancestor_territory_key
    left join kinds as contract_kinds on pairs.contract_territory_code = contract_kinds.territory_key
    left join kinds as place_kinds on pairs.territory_code = place_kinds.territory_key
    left join elsewhere
        on pairs.territory_code = elsewhere.territory_code and pairs.contract_territory_code = elsewhere.contract_territory_code
)

select
    placed.subject_type,
    placed.subject_code,
    placed.contract_code,
    'a place inside ' || placed.contract_territory_code as expected,
    concat_ws(
        ', ',
        placed.territory_code,
        case
            when compared.share_percent > 0 and compared.share_percent < 100
                then compared.share_percent || ' % of its inhabitants inside'
        end
    ) as found,
    cast(null as decimal(28, 2)) as difference,
    case
        when placed.contract_territory_code is null or coalesce(placed.territory_relation, '') = 'wider' then 'not applicable'
        when compared.share_percent = 100 then 'pass'
        when compared.has_unknown_members or compared.may_lie_inside then 'not applicable'
        else 'fail'
    end as status,
    'the place of a line or an operation lies in the territory of its contract' as reason
from placed
left join compared
    on placed.territory_code = compared.territory_code and placed.contract_territory_code = compared.contract_territory_code
