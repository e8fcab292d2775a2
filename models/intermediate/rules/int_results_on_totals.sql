{{ results_of_rules([
    'funder_within_total',
    'instrument_fits_total',
    'line_stands_under_total',
    'parent_is_usable',
    'period_within_total',
    'stage_follows_total',
    'territory_within_total',
    'volet_within_total',
]) }}
