{{ results_of_rules([
    'amount_is_not_repeated',
    'inclusion_is_stated',
    'magnitude_is_plausible',
    'no_possible_double_count',
    'parts_against_cross_total',
    'parts_against_whole',
    'totals_do_not_cross',
]) }}
