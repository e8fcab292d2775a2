{#- Names of the rules of consistency; a new rule is a new file in models/quality/rules and a line here. -#}
{% macro consistency_rules() %}
    {{ return([
        'amended_total_follows_its_parts',
        'amount_is_not_repeated',
        'amount_matches_citation',
        'axis_fits_contract',
        'axis_level_follows_parent',
        'cost_is_of_an_operation',
        'counted_line_is_funding',
        'cumulative_position_rises',
        'date_is_plausible',
        'documents_agree',
        'documents_do_not_contradict',
        'fund_fits_funder',
        'funder_signed_contract',
        'funder_within_total',
        'inclusion_is_stated',
        'indicator_is_cited',
        'instrument_fits_total',
        'line_fits_itself',
        'line_follows_its_figure',
        'line_number_within_document',
        'line_stands_under_total',
        'magnitude_is_plausible',
        'mention_is_explained',
        'no_possible_double_count',
        'official_code_fits_label',
        'official_code_is_current',
        'official_code_is_known',
        'one_code_one_label',
        'one_label_one_code',
        'parent_is_usable',
        'parts_against_cross_total',
        'parts_against_whole',
        'period_within_total',
        'printed_amount_is_cited_once',
        'progress_within_contracted',
        'share_matches_amount',
        'share_matches_citation',
        'shares_within_cost',
        'siren_is_official',
        'stage_fits_document',
        'stage_follows_total',
        'state_body_leads_to_the_state',
        'territory_lies_in_its_parent',
        'territory_within_total',
        'totals_do_not_cross',
        'verified_figure_is_unchanged',
        'withdrawal_ends_a_version',
    ]) }}
{% endmacro %}


{#-
  Whether a rule is one whose result may change with a contract that it does not name: each build computes it for every contract.
  column: the rule's name.
-#}
{% macro is_rule_of_every_build(column) -%}
{{ column }} in ('cost_is_of_an_operation', 'shares_within_cost')
{%- endmacro %}
