with territories as (
    select * from {{ ref('stg_contracts__territories') }}
    where territory_type_code in ('region', 'departement', 'epci', 'commune')
),

official as (
    select * from {{ ref('stg_official__territories') }}
),

-- words of four letters or more, without case and accents
compared as (
    select
        territories.territory_code,
        territories.label_fr,
        official.label_fr as official_label_fr,
        regexp_extract_all(lower(strip_accents(replace(territories.label_fr, 'œ', 'oe'))), '[a-z0-9]{4,}') as label_words,
        regexp_extract_all(lower(strip_accents(replace(official.label_fr, 'œ', 'oe'))), '[a-z0-9]{4,}') as official_words
    from territories
    inner join official
        on territories.territory_type_code = official.territory_type_code and territories.official_code = official.official_code
)

select
    'official_code_fits_label' as rule_id,
    'territory' as subject_type,
    territory_code as subject_code,
    cast(null as varchar) as contract_code,
    official_label_fr as expected,
    label_fr as found,
    cast(null as decimal(18, 2)) as difference,
    case
        when list_has_any(label_words, official_words) or lower(label_fr) = lower(official_label_fr) then 'pass'
        else 'fail'
    end as status,
    'the label shares a word of four letters with the official name of its code, or is that name' as reason
from compared
