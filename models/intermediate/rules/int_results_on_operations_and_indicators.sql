{{ results_of_rules([
    'indicator_fits_itself',
    'status_fits_dates',
    'unit_is_like_its_neighbours',
]) }}
