select
    trim(number_word) as number_word,
    cast(number_value as integer) as number_value
from {{ ref('number_words') }}
