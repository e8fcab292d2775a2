with territories as (
    select * from {{ ref('stg_contracts__territories') }}
    where territory_type_code in ('region', 'departement', 'epci', 'commune')
),

official as (
    select * from {{ ref('stg_official__territories') }}
),

named as (
    select
        territories.territory_code,
        territories.label_fr,
        official.label_fr as official_label_fr
    from territories
    inner join official
        on territories.territory_type_code = official.territory_type_code and territories.official_code = official.official_code
),

-- words of four letters or more, without case and accents
label_words as (
    select
        territory_code,
        {{ matches_in("lower(" ~ without_accents("replace(label_fr, 'œ', 'oe')") ~ ")", '[a-z0-9]{4,}') }} as word
    from named
),

official_words as (
    select
        territory_code,
        {{ matches_in("lower(" ~ without_accents("replace(official_label_fr, 'œ', 'oe')") ~ ")", '[a-z0-9]{4,}') }} as word
    from named
),

alike as (
    select distinct label_words.territory_code
    from label_words
    inner join official_words on label_words.territory_code = official_words.territory_code and label_words.word = official_words.word
)

select
    'territory' as subject_type,
    named.territory_code as subject_code,
    cast(null as {{ dbt.type_string() }}) as contract_code,
    named.official_label_fr as expected,
    named.label_fr as found,
    cast(null as decimal(28, 2)) as difference,
    case
        when alike.territory_code is not null or lower(named.label_fr) = lower(named.official_label_fr) then 'pass'
        else 'fail'
    end as status,
    'the label shares a word of four letters with the official name of its code, or is that name' as reason
from named
left join alike on named.territory_code = alike.territory_code
