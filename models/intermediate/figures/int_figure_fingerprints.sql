-- Fingerprint of each printed money figure with all that two readings compare and the instrument, and whether they agree.
-- Files that users land come and go: they are not sealed.
with mentions as (
    select * from {{ ref('int_mentions_of_changed_contracts') }}
    where landing_file is null
),

figures as (
    select * from {{ ref('int_figures_attributed') }}
),

compared as (
    select * from {{ ref('int_figures_compared') }}
)

select
    mentions.mention_code,
    compared.contract_key,
    compared.is_agreed,
    md5(
        concat_ws(
            '|',
            {% for column in [
                'document_code', 'line_number', 'printed_figure', 'printed_unit', 'qualifier', 'basis', 'multiplier', 'role',
                'subject_type', 'subject_code', 'subject_recorded_on', 'subject_as_of_date', 'exclusion_reason',
            ] -%}
                coalesce(cast(mentions.{{ column }} as {{ dbt.type_string() }}), ''),
            {% endfor -%}
            {% for column in [
                'line_use', 'contract_code', 'operation_code', 'axis_code', 'funder_code', 'territory_code', 'period_start_year',
                'period_end_year', 'stage', 'status', 'instrument',
            ] -%}
                coalesce(cast(figures.{{ column }} as {{ dbt.type_string() }}), ''){{ ',' if not loop.last }}
            {% endfor -%}
        )
    ) as fingerprint
from mentions
inner join figures on mentions.mention_code = figures.mention_code
inner join compared on mentions.mention_code = compared.mention_code
