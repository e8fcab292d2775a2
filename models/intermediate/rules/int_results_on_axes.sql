{{ results_of_rules([
    'axis_fits_contract',
    'axis_level_follows_parent',
]) }}
