with number_words as (
    {{ accepted_rows('number_words') }}
)

select
    number_word,
    try_cast(number_value as integer) as number_value
from number_words
