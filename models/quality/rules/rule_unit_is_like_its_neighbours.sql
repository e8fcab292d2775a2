with changed as (
    select * from {{ ref('int_contracts_changed') }}
),

-- without case, accents, plural and spaces
indicators as (
    select
        indicator_code,
        contract_code,
        label_fr,
        unit,
        {{ regex_replaced(
            regex_replaced("lower(" ~ without_accents("replace(replace(unit, '²', '2'), '³', '3')") ~ ")", '[sx]\\b', ''),
            "[\\s\\p{Z}'’.-]+",
            ''
        ) }} as plain_unit,
        {{ regex_replaced(regex_find("lower(" ~ without_accents('unit') ~ ")", '[a-z]+'), '[sx]$', '') }} as unit_word,
        {{ regex_replaced(regex_find("lower(" ~ without_accents('label_fr') ~ ")", '[a-z]+'), '[sx]$', '') }} as label_word,
        lower({{ without_accents('label_fr') }}) as plain_label
    from {{ ref('stg_contracts__indicators') }}
),

units as (
    select
        unit,
        plain_unit,
        count(*) as use_count,
        row_number() over (order by count(*), unit) as use_rank
    from indicators
    group by unit, plain_unit
),

places as (
    select
        unit,
        plain_unit,
        use_count,
        use_rank,
        {{ numbers_between(1, 'length(plain_unit)') }} as place
    from units
    where length(plain_unit) >= 5
),

-- a unit as it stands (place 0) and without each of its letters: two that meet are one slip apart
shortened as (
    select
        unit,
        plain_unit,
        use_count,
        use_rank,
        0 as place,
        plain_unit as shortened_unit
    from units
    where length(plain_unit) >= 5
    union all
    select
        unit,
        plain_unit,
        use_count,
        use_rank,
        place,
        concat(substring(plain_unit, 1, place - 1), substring(plain_unit, place + 1, 255)) as shortened_unit
    from places
),

-- the rarer unit is the doubtful one; first letters are seldom mistyped, and « cités » and « sites » differ by one
alike as (
    select
        units.unit,
        commoner.unit as other_unit,
        commoner.use_count as other_count
    from units
    inner join units as commoner on units.plain_unit = commoner.plain_unit and units.use_rank < commoner.use_rank
    union all
    select
        near.unit,
        far.unit as other_unit,
        far.use_count as other_count
    from shortened as near
    inner join shortened as far on near.shortened_unit = far.shortened_unit and near.use_rank < far.use_rank
    where
        near.plain_unit <> far.plain_unit
        and substring(near.plain_unit, 1, 1) = substring(far.plain_unit, 1, 1)
        and (near.place = 0 or far.place = 0 or abs(near.place - far.place) <= 1)
),

doubtful as (
    select
        unit,
        {{ joined_texts("other_unit || ' (' || other_count || ')'", ' · ', distinct=true) }} as other_units
    from alike
    group by unit
),

-- units that the labels of a contract name: « Logements rénovés » in logements
named_units as (
    select
        contract_code,
        label_word,
        min(unit) as unit
    from indicators
    where label_word = unit_word
    group by contract_code, label_word
),

-- a label that also names the unit of its figure is no reason for doubt
labelled as (
    select
        indicators.indicator_code,
        indicators.contract_code,
        indicators.label_fr,
        indicators.unit,
        named_units.unit as named_unit,
        indicators.label_word = indicators.unit_word or position(indicators.unit_word in indicators.plain_label) > 0 as is_named
    from indicators
    inner join changed on indicators.contract_code = changed.contract_code
    left join named_units on indicators.contract_code = named_units.contract_code and indicators.label_word = named_units.label_word
)

-- units are compared among all contracts: no contract has the result
select
    'unit' as subject_type,
    units.unit as subject_code,
    cast(null as {{ dbt.type_string() }}) as contract_code,
    'another unit than ' || doubtful.other_units as expected,
    units.unit || ' (' || units.use_count || ')' as found,
    cast(null as decimal(28, 2)) as difference,
    case when doubtful.unit is null then 'pass' else 'fail' end as status,
    'one unit has one spelling; two that differ by case, accents, plural, spaces or one letter may be the same' as reason
from units
left join doubtful on units.unit = doubtful.unit
union all
select
    'indicator' as subject_type,
    indicator_code as subject_code,
    contract_code,
    named_unit as expected,
    unit as found,
    cast(null as decimal(28, 2)) as difference,
    case
        when named_unit is null then 'not applicable'
        when is_named then 'pass'
        else 'fail'
    end as status,
    'other labels of the contract that begin as « ' || label_fr || ' » have the unit that they name' as reason
from labelled
