-- one line per rule; a new rule is a new file in quality/rules and a line here
select * from {{ ref('rule_amount_is_not_repeated') }}
union all by name
select * from {{ ref('rule_amount_matches_citation') }}
union all by name
select * from {{ ref('rule_axis_fits_contract') }}
union all by name
select * from {{ ref('rule_axis_level_follows_parent') }}
union all by name
select * from {{ ref('rule_cumulative_position_rises') }}
union all by name
select * from {{ ref('rule_documents_agree') }}
union all by name
select * from {{ ref('rule_funder_signed_contract') }}
union all by name
select * from {{ ref('rule_inclusion_is_stated') }}
union all by name
select * from {{ ref('rule_indicator_is_cited') }}
union all by name
select * from {{ ref('rule_magnitude_is_plausible') }}
union all by name
select * from {{ ref('rule_mention_is_explained') }}
union all by name
select * from {{ ref('rule_no_possible_double_count') }}
union all by name
select * from {{ ref('rule_one_label_one_code') }}
union all by name
select * from {{ ref('rule_parent_is_usable') }}
union all by name
select * from {{ ref('rule_parts_against_cross_total') }}
union all by name
select * from {{ ref('rule_parts_against_whole') }}
union all by name
select * from {{ ref('rule_period_within_total') }}
union all by name
select * from {{ ref('rule_printed_amount_is_cited_once') }}
union all by name
select * from {{ ref('rule_progress_within_contracted') }}
union all by name
select * from {{ ref('rule_share_matches_amount') }}
union all by name
select * from {{ ref('rule_shares_within_cost') }}
union all by name
select * from {{ ref('rule_territory_within_total') }}
union all by name
select * from {{ ref('rule_totals_do_not_cross') }}
union all by name
select * from {{ ref('rule_documents_do_not_contradict') }}
union all by name
select * from {{ ref('rule_line_follows_its_figure') }}
union all by name
select * from {{ ref('rule_line_fits_itself') }}
union all by name
select * from {{ ref('rule_share_matches_citation') }}
union all by name
select * from {{ ref('rule_withdrawal_ends_a_version') }}
union all by name
select * from {{ ref('rule_funder_within_total') }}
union all by name
select * from {{ ref('rule_line_stands_under_total') }}
union all by name
select * from {{ ref('rule_stage_follows_total') }}
union all by name
select * from {{ ref('rule_instrument_fits_total') }}
union all by name
select * from {{ ref('rule_cost_is_of_an_operation') }}
union all by name
select * from {{ ref('rule_counted_line_is_funding') }}
union all by name
select * from {{ ref('rule_stage_fits_document') }}
union all by name
select * from {{ ref('rule_date_is_plausible') }}
union all by name
select * from {{ ref('rule_fund_fits_funder') }}
union all by name
select * from {{ ref('rule_line_number_within_document') }}
union all by name
select * from {{ ref('rule_verified_figure_is_unchanged') }}
union all by name
select * from {{ ref('rule_one_code_one_label') }}
union all by name
select * from {{ ref('rule_amended_total_follows_its_parts') }}
union all by name
select * from {{ ref('rule_official_code_is_known') }}
union all by name
select * from {{ ref('rule_official_code_is_current') }}
union all by name
select * from {{ ref('rule_territory_lies_in_its_parent') }}
union all by name
select * from {{ ref('rule_siren_is_official') }}
union all by name
select * from {{ ref('rule_state_body_leads_to_the_state') }}
union all by name
select * from {{ ref('rule_official_code_fits_label') }}
