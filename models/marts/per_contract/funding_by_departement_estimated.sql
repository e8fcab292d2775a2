with funding as (
    select * from {{ ref('fct_funding') }}
    {{ only_changed_contracts('contract_key') }}
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

territories as (
    select * from {{ ref('dim_territory') }}
),

shares as (
    select * from {{ ref('int_territory_departements') }}
),

summed as (
    select
        contract_key,
        territory_key,
        coalesce(territory_relation = 'wider', false) as is_wider,
        {{ measure_sums() }}
    from funding
    group by contract_key, territory_key, coalesce(territory_relation = 'wider', false)
),

-- a territory that lies in no known département keeps its money under unspecified, as does a programme wider than its territory
placed as (
    select
        summed.*,
        coalesce(shares.departement_code, 'unspecified') as departement_key,
        case when summed.is_wider then 'wider' else coalesce(shares.spread_basis, 'not_known') end as spread_basis,
        coalesce(shares.population_before, 0) as population_before,
        coalesce(shares.population, 1) as population,
        coalesce(shares.population_total, 1) as population_total,
        coalesce(shares.is_largest, true) as is_largest
    from summed
    left join shares on case when not summed.is_wider then summed.territory_key end = shares.territory_code
),

spread as (
    select
        contract_key,
        departement_key,
        spread_basis,
        {% for measure in measures() -%}
            cast(
                sum({{ proportional_share(measure, 'population_before', 'population', 'population_total') }}) as decimal(28, 2)
            ) as {{ measure }},
        {% endfor -%}
        cast(sum(case when is_largest then financial_line_count else 0 end) as bigint) as financial_line_count
    from placed
    group by contract_key, departement_key, spread_basis
),

final as (
    select
        spread.contract_key,
        contracts.label_fr as contract_label_fr,
        spread.departement_key,
        territories.official_code as departement_code,
        territories.label_fr as departement_label_fr,
        territories.region_code,
        territories.region_label_fr,
        spread.spread_basis,
        spread.announced_eur,
        spread.contracted_eur,
        spread.programmed_eur,
        spread.committed_eur,
        spread.paid_eur,
        spread.contracted_from_draft_eur,
        spread.contracted_loan_eur,
        spread.contracted_yearly_eur,
        spread.unallocated_contracted_eur,
        spread.financial_line_count,
        territories.population,
        territories.population_year,
        territories.population_caveat
    from spread
    inner join contracts on spread.contract_key = contracts.contract_key
    inner join territories on spread.departement_key = territories.territory_key
)

select * from final
