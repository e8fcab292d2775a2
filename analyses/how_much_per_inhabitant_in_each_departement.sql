-- How much is contracted and committed per inhabitant in each département?
-- An estimate: money declared for a territory of several départements is spread by inhabitants; the estimated part stands beside.
-- Contracts of one territory may overlap (see where_a_euro_may_count_twice). Population of today, whatever the years of the contracts.
-- Null: no amount at this stage, or no département is known.
with funding as (
    select * from {{ ref('funding_by_departement_estimated') }}
),

final as (
    select
        departement_code,
        departement_label_fr,
        any_value(population) as population,
        sum(contracted_eur) as contracted_eur,
        sum(contracted_eur) filter (where spread_basis <> 'declared') as contracted_estimated_eur,
        {{ per_inhabitant('sum(contracted_eur)', 'any_value(population)') }} as contracted_eur_per_inhabitant,
        sum(committed_eur) as committed_eur,
        sum(committed_eur) filter (where spread_basis <> 'declared') as committed_estimated_eur,
        {{ per_inhabitant('sum(committed_eur)', 'any_value(population)') }} as committed_eur_per_inhabitant
    from funding
    group by departement_code, departement_label_fr
)

select * from final
order by contracted_eur_per_inhabitant desc nulls last
