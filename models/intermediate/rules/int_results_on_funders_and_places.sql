{{ results_of_rules([
    'fund_fits_funder',
    'funder_signed_contract',
    'official_code_fits_label',
    'official_code_is_current',
    'official_code_is_known',
    'one_label_one_code',
    'place_within_contract',
    'siren_is_official',
    'state_body_leads_to_the_state',
    'territory_lies_in_its_parent',
]) }}
