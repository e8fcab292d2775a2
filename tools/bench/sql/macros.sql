-- One draw for a key: the same number on every run and number of threads, from 0 to choices - 1.
create or replace macro drawn(tag, contract, item, choices) as
    cast(hash(hash(getvariable('seed'), tag, contract, item)) % choices as bigint);

-- How many contracted shares a contract of so many lines has.
create or replace macro leaves_of(base_lines) as greatest(8, base_lines * 35 // 100);

-- Thousands with spaces, as French documents print them.
create or replace macro french_integer(whole) as replace(format('{:,}', whole), ',', ' ');

create or replace macro french_decimals(digits) as
    case when rtrim(digits, '0') = '' then '' else ',' || rtrim(digits, '0') end;

-- The digits of an amount in cents, in the unit of its style.
create or replace macro printed_number(cents, style) as
    case style
        when 'k€' then french_integer(cents // 100_000) || french_decimals(lpad(cast(cents // 10_000 % 10 as varchar), 1, '0'))
        when 'M€' then french_integer(cents // 100_000_000) || french_decimals(lpad(cast(cents // 10_000 % 10_000 as varchar), 4, '0'))
        else french_integer(cents // 100) || case when cents % 100 = 0 then '' else ',' || lpad(cast(cents % 100 as varchar), 2, '0') end
    end;

create or replace macro euros(cents) as cast(cents * cast(0.01 as decimal(3, 2)) as decimal(18, 2));

-- What a total declares in cents of the sum of its parts: more when they are not all, 10 000 euros as the smallest digit when rounded.
create or replace macro declared(kind, cents, larger_cents, margin_percent) as
    case kind
        when 'partial' then (larger_cents * (100 + margin_percent) // 100 // 1_000_000 + 1) * 1_000_000
        when 'rounded' then (cents + 500_000) // 1_000_000 * 1_000_000
        else cents
    end;

-- The kind of a total: partial when it must be (parts without amount, one part only), else drawn.
create or replace macro total_kind(is_partial, part_count, draw) as
    case when is_partial or part_count < 2 then 'partial' when draw < 25 then 'rounded' else 'exact' end;
