with lines as (
    select * from {{ ref('int_lines_of_changed_contracts') }}
),

withdrawals as (
    select
        withdrawn.line_code,
        withdrawn.contract_code,
        withdrawn.recorded_on,
        withdrawn.amount_eur,
        count(earlier.line_code) as earlier_count
    from lines as withdrawn
    left join lines as earlier
        on
            withdrawn.line_code = earlier.line_code
            and not earlier.is_withdrawn
            and coalesce(earlier.recorded_on, date '0001-01-01') < withdrawn.recorded_on
    where withdrawn.is_withdrawn
    group by withdrawn.line_code, withdrawn.contract_code, withdrawn.recorded_on, withdrawn.amount_eur
)

select
    'financial_line' as subject_type,
    line_code || coalesce(' @ ' || recorded_on, '') as subject_code,
    contract_code,
    'an earlier version, and no amount' as expected,
    earlier_count || ' earlier versions, amount ' || coalesce(cast(amount_eur as {{ dbt.type_string() }}), 'none') as found,
    amount_eur as difference,
    case when earlier_count > 0 and amount_eur is null then 'pass' else 'fail' end as status,
    'a withdrawal ends a line that stood before and has no amount of its own' as reason
from withdrawals
