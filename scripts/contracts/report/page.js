"use strict";
// The page's behaviour: what is chosen (contract, stage, unit, language) decides what is drawn. Everything it shows is in the element « data ».

const page = JSON.parse(document.getElementById("data").textContent);
const ALL = "*";
const FIRST_ROWS = 12;
const MOST_RESULTS = 60;
const state = { contract: ALL, stage: "contracted", exact: false, language: "fr", closing: "" };

// ---------------------------------------------------------------- data

const records = {};
for (const [name, table] of Object.entries(page.tables)) {
  records[name] = table.rows.map((row) => Object.fromEntries(table.fields.map((field, place) => [field, row[place]])));
}
const indexed = (rows, key) => new Map(rows.map((row) => [row[key], row]));
const grouped = (rows, key) => {
  const groups = new Map();
  for (const row of rows) groups.set(row[key], [...(groups.get(row[key]) ?? []), row]);
  return groups;
};
const contracts = indexed(records.contracts, "contract_key");
const documents = indexed(records.coverage, "document_key");
const partners = indexed(records.partners, "partner_key");
const stages = records.stages.map((stage) => stage.stage_key);
const citationsOf = grouped(records.citations.filter((row) => row.subject_type === "financial_line"), "subject_code");
const fundingOf = grouped(records.funding, "contract_key");
const costLinesOf = grouped(records.cost_lines, "operation_key");
const totalOf = indexed(records.totals_and_parts, "line_code");
const lineLabels = new Map([...records.totals_and_parts, ...records.funding].map((row) => [row.line_code, row.label_fr]));

// ---------------------------------------------------------------- words and numbers

const fill = (words, values = {}) => words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const t = (key, values) => fill(page.texts[state.language][key], values);
const word = (code) => page.words[state.language][code] ?? String(code).replaceAll("_", " ");
const locale = () => (state.language === "fr" ? "fr-FR" : "en-GB");
const number = (value, decimals = 0, most = decimals) =>
  new Intl.NumberFormat(locale(), { minimumFractionDigits: decimals, maximumFractionDigits: most }).format(value);
const exactEuros = (cents) => {
  const digits = number(Math.abs(cents) / 100, cents % 100 === 0 ? 0 : 2);
  const sign = cents < 0 ? "−" : "";
  return state.language === "fr" ? `${sign}${digits}\u00a0€` : `${sign}€${digits}`;
};
const euros = (cents) => {
  if (state.exact || Math.abs(cents) < 1e7) return exactEuros(cents);
  const digits = number(Math.abs(cents) / 1e8, Math.abs(cents) < 1e8 ? 2 : 1);
  const sign = cents < 0 ? "−" : "";
  return state.language === "fr" ? `${sign}${digits}\u00a0M€` : `${sign}€${digits}m`;
};
const wholeEuros = (cents) => (state.language === "fr" ? `${number(cents / 100)}\u00a0€` : `€${number(cents / 100)}`);
const percent = (value) => (state.language === "fr" ? `${number(value, 1)}\u00a0%` : `${number(value, 1)}%`);
// precision: year or month when no document prints more
const day = (iso, precision = "day") => {
  const [year, month, date] = iso.split("-").map(Number);
  const parts = { year: {}, month: { month: "short" }, day: { month: "short", day: "numeric" } }[precision] ?? {};
  return new Intl.DateTimeFormat(locale(), { ...parts, year: "numeric", timeZone: "UTC" }).format(Date.UTC(year, month - 1, date));
};
const place = (title, line) => (line ? `${title}, ${t("line", { line: number(line) })}` : (title ?? ""));
const labelOf = (row, column) => (state.language === "en" && column.english && row[column.english]) || row[column.name];
const bounds = (low, high) => (high === null || high === undefined ? t("at_least", { low: euros(low) }) : t("between", { low: euros(low), high: euros(high) }));

// ---------------------------------------------------------------- elements

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}
const french = (words) => element("span", { lang: "fr" }, words);
const unknown = () => element("span", { class: "unknown" }, t("unknown"));

function save(name, type, content) {
  const link = element("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// ---------------------------------------------------------------- where a number comes from

const STAGE_OF_RATE = { programming: "programmed", commitment: "committed", payment: "paid" };
const KEYS_OF_LINES = new Set(["contract_key", "funder_key", "theme_key", "volet_key", "territory_key", "period_key", "operation_key"]);
const quoted = (value) => `'${String(value).replaceAll("'", "''")}'`;

const lineMeasures = new Set([...stages.map((stage) => `${stage}_eur`), "contracted_from_draft_eur", "contracted_loan_eur", "unallocated_contracted_eur"]);

// the stage of a measure, and which of its lines count in it
function lineFilter(measure) {
  const rate = STAGE_OF_RATE[measure.split("_")[0]];
  if (rate) return (line) => line.stage_key === rate || line.stage_key === "contracted";
  const stage = stages.find((name) => [`${name}_eur`, `${name}_eur_per_inhabitant`].includes(measure)) ?? "contracted";
  const narrower = {
    contracted_from_draft_eur: (line) => line.is_from_draft,
    contracted_loan_eur: (line) => line.is_repayable,
    unallocated_contracted_eur: (line) => line.row_kind === "unallocated",
  }[measure];
  return (line) => line.stage_key === stage && (!narrower || narrower(line));
}

// how a measure is read from the rows that match: what adds up is added, everything else stands in one row
function measureSql(measure) {
  const amount = measure.match(/^(\w+)_eur_per_inhabitant$/)?.[1];
  if (amount) return `cast(round(sum(${amount}_eur) / any_value(population), 2) as decimal(18, 2)) as ${measure}`;
  if (measure === "cost_eur") return "max(cost_eur) as cost_eur";
  return lineMeasures.has(measure) ? `sum(${measure}) as ${measure}` : measure;
}

// measure: column of the mart. keys: column → value; the value * leaves that column out.
function sourceOf(mart, keys, measure) {
  const used = Object.entries(keys).filter(([, value]) => value !== ALL);
  const conditions = used.map(([name, value]) => `${name} = ${name === "closing_date" ? "date " : ""}${quoted(value)}`);
  const measured = measureSql(measure);
  const sql = `select ${measured}\nfrom ${mart}${conditions.length ? `\nwhere ${conditions.join(" and ")}` : ""}`;
  const matches = used.filter(([name]) => KEYS_OF_LINES.has(name));
  const isOfLine = lineFilter(measure);
  const pool = keys.contract_key && keys.contract_key !== ALL ? (fundingOf.get(keys.contract_key) ?? []) : records.funding;
  const lines = pool.filter((line) => matches.every(([name, value]) => line[name] === value) && isOfLine(line));
  const explained = /^marts\.funding_by_(contract|partner|territory|volet|period|theme)$/.test(mart) && keys.contract_key !== ALL && stages.some((s) => measure === `${s}_eur`);
  const command = explained ? `contracts explain ${mart.slice(6)} ${Object.values(keys).join("/")}` : null;
  return { sql, lines, command };
}

function citationItem(citation) {
  return element(
    "li", {},
    french(`« ${[citation.printed_figure, citation.printed_unit].filter(Boolean).join(" ")} »`), ` (${word(citation.qualifier)}, ${word(citation.role)}) — `,
    french(place(citation.document_title, citation.line_number)),
    citation.nearest_heading_fr ? french(` · § ${citation.nearest_heading_fr}`) : "",
    ` · ${word(citation.document_status)} `,
    citation.is_read_twice ? element("span", { class: "badge" }, t("read_twice")) : "",
  );
}

function lineItem(code, label, cents, isRemainder) {
  const citations = citationsOf.get(code) ?? [];
  const total = isRemainder ? totalOf.get(code) : null;
  return element(
    "li", {},
    element("div", { class: "line-head" }, french(label), element("b", {}, cents === null ? t("no_amount") : exactEuros(cents))),
    total ? element("div", { class: "note" }, t("remainder", { declared: exactEuros(total.declared_eur), parts: exactEuros(total.declared_eur - cents) })) : "",
    citations.length ? element("ul", { class: "printed" }, ...citations.map(citationItem)) : element("p", { class: "note" }, t("no_citation")),
  );
}

function lineList(lines) {
  const counted = lines.filter((line) => line.amount_eur !== null);
  const silent = lines.length - counted.length;
  const list = element("ul", { class: "lines" });
  const show = (from, to) => list.append(...counted.slice(from, to).map((line) => lineItem(line.line_code, line.label_fr, line.amount_eur, line.row_kind === "unallocated")));
  show(0, FIRST_ROWS);
  const more = counted.length > FIRST_ROWS
    ? element("button", { type: "button", class: "tool", onclick: (event) => { show(FIRST_ROWS); event.target.remove(); } }, t("show_all", { count: number(counted.length) }))
    : "";
  const heading = counted.length === 1 ? t("made_of_one") : t("made_of", { count: number(counted.length) });
  return [element("p", {}, heading, silent ? ` ${t("without_amount", { count: number(silent) })}` : ""), list, more];
}

// lines: counted rows that add up to the number. codes: lines whose citations print it.
function openPanel({ title, value, note, lines, codes, sql, command, isEarlier }) {
  const panel = document.getElementById("panel");
  const body = [];
  if (isEarlier) body.push(element("p", { class: "note" }, t("earlier")));
  if (lines?.length) body.push(...lineList(lines));
  if (codes?.length) body.push(element("ul", { class: "lines" }, ...codes.map((code) => lineItem(code, lineLabels.get(code) ?? code, null, false))));
  if (!lines?.length && !codes?.length) body.push(element("p", {}, t("no_line")));
  for (const amount of codes?.length ? body.flatMap((part) => [...(part.querySelectorAll?.(".line-head b") ?? [])]) : []) amount.remove();
  panel.replaceChildren(
    element(
      "div", { class: "panel-head" },
      element("div", {}, element("p", { class: "note" }, t("panel")), element("h2", { id: "panel-title" }, ...title)),
      element("button", { type: "button", class: "tool", onclick: () => panel.close() }, t("close")),
    ),
    element("p", { class: "panel-amount" }, value),
    note ? element("p", { class: "note" }, note) : "",
    ...body,
    element("h3", {}, t("query")),
    element("pre", { tabindex: "0" }, sql),
    element("button", { type: "button", class: "tool", onclick: async (event) => { await navigator.clipboard?.writeText(sql); event.target.textContent = t("copied"); } }, t("copy")),
    command ? element("p", { class: "note" }, `${t("command")} : `, element("code", {}, command)) : "",
  );
  panel.showModal();
}

function sourceButton(shown, open) {
  return element("button", { type: "button", class: "source", "aria-haspopup": "dialog", onclick: open }, shown);
}

// a number of a table as a button that opens its source
function numberButton(table, row, column, shown) {
  const measure = row.measure ?? column.name;
  const isRateOfContract = row.is_total && column.kind === "rate";
  const mart = isRateOfContract ? "marts.funding_by_contract" : page.tables[table].mart;
  if (!mart) return shown;
  const keys = isRateOfContract ? { contract_key: row.contract_key } : Object.fromEntries(page.tables[table].keys.map((key) => [key, row[key]]));
  const first = page.tables[table].columns.find((one) => ["text", "label"].includes(one.kind) && row[one.name] && one.name !== "contract_label_fr");
  const contract = contracts.get(row.contract_key)?.contract_label_fr;
  return sourceButton(shown, () => {
    const { sql, lines, command } = sourceOf(mart, keys, measure);
    const line = page.tables[table].line;
    const codes = line ? [row[line]] : measure === "cost_eur" ? (costLinesOf.get(row.operation_key) ?? []).map((cost) => cost.line_code) : null;
    const isEuro = ["euro", "bounded", "each"].includes(column.kind);
    openPanel({
      title: [french([first ? labelOf(row, first) : null, contract ?? t("all_contracts")].filter(Boolean).join(" · ")), ` — ${column[state.language]}`],
      value: isEuro ? exactEuros(row[column.name]) : percent(row[column.name]),
      note: table === "contracts" && measure === "contracted_eur" ? bounds(row.contracted_low_eur, row.contracted_high_eur) : null,
      lines: codes ? null : lines,
      codes,
      sql,
      command,
      isEarlier: (row.closing_date && row.is_latest === false) || "calendar_year" in row,
    });
  });
}

// ---------------------------------------------------------------- tables

const sorting = {}; // table → { column, descending }
const opened = new Set(); // tables that show all their rows

const known = (isMost) => word(isMost ? "at_most" : "at_least");

function rate(row, column) {
  const stem = column.name.replace("_percent", "");
  const [value, low, high] = [row[column.name], row[`${stem}_low_percent`], row[`${stem}_high_percent`]];
  if (value === null) return null;
  let interval = "";
  if (low === null && high !== null) interval = `${known(true)} ${percent(high)}`;
  else if (low !== null && high === null) interval = `${known(false)} ${percent(low)}`;
  else if (low !== null && high !== null && low !== high) interval = `${number(low, 1)} – ${percent(high)}`;
  return { shown: percent(value), interval };
}

const NUMERIC = new Set(["euro", "bounded", "each", "rate", "percent", "integer", "year"]);

// contents of one cell: words or elements
function cellContent(table, row, column) {
  const value = row[column.name];
  const empty = table === "progress" ? (column.kind === "word" ? "" : unknown()) : "–";
  if (column.kind === "word") return value === null || value === undefined ? (table === "progress" ? "" : "–") : word(value);
  if (value === null || value === undefined || value === "") return empty;
  switch (column.kind) {
    case "euro": return numberButton(table, row, column, euros(value));
    case "bounded": {
      const cell = element("span", {}, numberButton(table, row, column, euros(value)));
      const [low, high] = [row.contracted_low_eur, row.contracted_high_eur];
      if (high === null) cell.append(element("small", {}, `${known(false)} ${euros(low)}`));
      else if (low !== high && euros(low) !== euros(high)) cell.append(element("small", {}, `${euros(low)} – ${euros(high)}`));
      return cell;
    }
    case "rate": {
      const { shown, interval } = rate(row, column);
      const cell = element("span", {}, numberButton(table, row, column, shown));
      if (interval) cell.append(element("small", {}, interval));
      return cell;
    }
    case "each": return numberButton(table, row, column, wholeEuros(value));
    case "percent": return percent(value);
    case "integer": return number(value);
    case "year": return String(value);
    case "date": return day(value, row.published_on_precision);
    case "place": return french(place(value, row.line_number));
    case "label": return state.language === "en" && column.english && row[column.english] ? labelOf(row, column) : french(value);
    default: return column.name === "contract_label_fr" && row.contract_key !== state.contract ? contractLink(row.contract_key) : french(String(value));
  }
}

// rows of a table for what is chosen
function chosenRows(name) {
  const rows = records[name];
  if (name === "progress") {
    if (state.contract !== ALL) return rows.filter((row) => row.contract_key === state.contract && row.closing_date === closingDate());
    return rows.filter((row) => row.has_amount && (state.closing ? row.closing_date === state.closing : row.is_latest));
  }
  if (rows.some((row) => row.contract_key === ALL)) return rows.filter((row) => row.contract_key === state.contract);
  if (state.contract === ALL || !page.tables[name].fields.includes("contract_key")) return rows;
  return rows.filter((row) => row.contract_key === state.contract);
}

// the columns worth showing: a chosen contract needs no column that repeats its name
function chosenColumns(name) {
  const columns = page.tables[name].columns;
  if (isGrouped(name)) return columns.filter((column) => !["contract_label_fr", "closing_date"].includes(column.name));
  if (state.contract === ALL || name === "contracts") return columns;
  return columns.filter((column) => column.name !== "contract_label_fr" && !(name === "progress" && column.name === "closing_date"));
}

// progress over all contracts stands under the name of each contract and its date, until a reader sorts it
const isGrouped = (name) => name === "progress" && state.contract === ALL && !sorting[name];

function groupRow(row, width) {
  return element("tr", { class: "group-row" }, element("th", { scope: "rowgroup", colspan: width }, contractLink(row.contract_key), ` · ${t("as_of", { date: day(row.closing_date) })}`));
}

function sorted(name, rows) {
  const order = sorting[name];
  if (!order) return rows;
  const sign = order.descending ? -1 : 1;
  const key = (row) => row[order.column];
  return [...rows].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === null || y === null) return (x === null) - (y === null);
    return sign * (typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), locale()));
  });
}

function headCell(name, column) {
  const order = sorting[name];
  const isSorted = order?.column === column.name;
  const sort = () => {
    sorting[name] = { column: column.name, descending: isSorted ? !order.descending : NUMERIC.has(column.kind) };
    renderTable(name);
    document.querySelector(`#table-${name} [data-column="${column.name}"] button`).focus();
  };
  return element(
    "th",
    {
      scope: "col", "data-column": column.name, class: NUMERIC.has(column.kind) ? "number" : null,
      "aria-sort": isSorted ? (order.descending ? "descending" : "ascending") : null,
    },
    element("button", { type: "button", onclick: sort, title: t("sort_by", { column: column[state.language] }) }, column[state.language]),
  );
}

function bodyRow(name, columns, row) {
  return element(
    "tr", { class: row.is_total ? "total" : null },
    ...columns.map((column, place) => {
      const content = cellContent(name, row, column);
      if (place === 0) return element("th", { scope: "row" }, content);
      return element("td", { class: NUMERIC.has(column.kind) ? "number" : column.kind === "date" ? "date" : `words ${column.kind}` }, content);
    }),
  );
}

// the known amounts of one contract at one date, added up; the rates of the contract where they divide these very amounts
function totalRow(columns, rows) {
  if (state.contract === ALL || rows.length < 2) return null;
  const contract = contracts.get(state.contract);
  const total = { ...rows[0], is_total: true, volet_key: ALL, territory_key: ALL, territory_label_fr: "", rate_caveat: null, [columns[0].name]: t("progress_total") };
  for (const stage of stages) {
    const known = rows.map((row) => row[`${stage}_eur`]).filter((cents) => typeof cents === "number");
    total[`${stage}_eur`] = known.length ? known.reduce((sum, cents) => sum + cents, 0) : null;
  }
  for (const [rate, stage] of Object.entries(STAGE_OF_RATE)) {
    const same = total.is_latest && total.contracted_eur === contract.contracted_eur && total[`${stage}_eur`] === contract[`${stage}_eur`];
    for (const end of ["", "_low", "_high"]) total[`${rate}_rate${end}_percent`] = same ? contract[`${rate}_rate${end}_percent`] : null;
  }
  return total;
}

function bodies(name, columns, rows) {
  if (!isGrouped(name)) return [element("tbody", {}, ...rows.map((row) => bodyRow(name, columns, row)))];
  return [...grouped(rows, "contract_key").values()].map((group) =>
    element("tbody", {}, groupRow(group[0], columns.length), ...group.map((row) => bodyRow(name, columns, row))));
}

function renderTable(name) {
  const holder = document.getElementById(`table-${name}`);
  const columns = chosenColumns(name);
  const rows = sorted(name, chosenRows(name));
  const title = t(`table_${name}`);
  const visible = opened.has(name) ? rows : rows.slice(0, FIRST_ROWS);
  const total = name === "progress" ? totalRow(columns, rows) : null;
  const hasDash = name !== "progress" && visible.some((row) => columns.some((column) => row[column.name] === null));
  holder.replaceChildren(
    element(
      "div", { class: "table-head" },
      element("h3", { id: `caption-${name}` }, title),
      element(
        "div", { class: "tools" },
        element("span", { class: "note" }, t(rows.length === 1 ? "one_row" : "rows", { count: number(rows.length) })),
        rows.length ? element("button", { type: "button", class: "tool", "data-csv": name, "aria-label": t("csv_of", { title }), onclick: () => saveTable(name) }, t("csv")) : "",
      ),
    ),
    rows.length
      ? element(
          "div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": `caption-${name}` },
          element(
            "table", { "aria-labelledby": `caption-${name}` },
            element("thead", {}, element("tr", {}, ...columns.map((column) => headCell(name, column)))),
            ...bodies(name, columns, visible),
            total ? element("tbody", {}, bodyRow(name, columns, total)) : "",
          ),
        )
      : element("p", { class: "note" }, t("no_rows")),
    element(
      "div", { class: "below" },
      visible.length < rows.length
        ? element("button", { type: "button", class: "tool", "data-more": name, onclick: () => { opened.add(name); renderTable(name); holder.querySelector(".scroll").focus(); } }, t("show_all", { count: number(rows.length) }))
        : "",
      hasDash ? element("span", { class: "note" }, t("dash_means")) : "",
      element("details", { class: "sql" }, element("summary", { "aria-label": t("sql_of", { title }) }, t("sql")), element("pre", { tabindex: "0" }, page.tables[name].sql)),
    ),
  );
}

// ---------------------------------------------------------------- CSV

// text cells that a spreadsheet would run as a formula get an apostrophe; numbers are written as numbers
function csvCell(value, kind, separator) {
  let words = "";
  if (value === null || value === undefined) return "";
  if (kind === "euro" || kind === "each") words = (value / 100).toFixed(2);
  else if (typeof value === "number") words = String(value);
  else words = /^[\s]*[=+\-@\t\r]/.test(String(value)) ? `'${value}` : String(value);
  if (typeof value === "number" && separator === ";") words = words.replace(".", ",");
  return /["\n\r]/.test(words) || words.includes(separator) ? `"${words.replaceAll('"', '""')}"` : words;
}

// the documents and lines behind one row
function sourceText(name, row) {
  if (row.document_title) return place(row.document_title, row.line_number);
  const table = page.tables[name];
  if (!table.mart) return page.database;
  const keys = Object.fromEntries(table.keys.map((key) => [key, row[key]]));
  const used = Object.entries(keys).filter(([key, value]) => KEYS_OF_LINES.has(key) && value !== ALL);
  const lines = records.funding.filter((line) => used.every(([key, value]) => line[key] === value));
  const places = lines.flatMap((line) => (citationsOf.get(line.line_code) ?? []).map((citation) => place(citation.document_title, citation.line_number)));
  return [...new Set(places)].join(" | ") || page.database;
}

// a column with bounds is three columns of the file
function withBounds(column) {
  const kind = { bounded: "euro", rate: "percent" }[column.kind];
  if (!kind) return [column];
  const ends = ["low", "high"].map((end) => ({
    ...column, kind, name: column.name.replace(/_(eur|percent)$/, `_${end}_$1`),
    fr: `${column.fr}, borne ${end === "low" ? "basse" : "haute"}`, en: `${column.en}, ${end} bound`,
  }));
  return [{ ...column, kind }, ...ends];
}

function csvOf(name) {
  const separator = state.language === "fr" ? ";" : ",";
  const columns = page.tables[name].columns.flatMap((column) => withBounds({ ...column, name: (state.language === "en" && column.english) || column.name }));
  const keys = page.tables[name].keys.filter((key) => !columns.some((column) => column.name === key));
  const heads = [...keys, ...columns.map((column) => (column.kind === "euro" ? `${column[state.language]} (€)` : column[state.language])), t("source"), t("data_date"), t("licence")];
  const rows = sorted(name, chosenRows(name)).map((row) => [
    ...keys.map((key) => csvCell(row[key], "text", separator)),
    ...columns.map((column) => {
      const value = column.kind === "word" && row[column.name] !== null ? word(row[column.name]) : row[column.name];
      return csvCell(value, column.kind, separator);
    }),
    csvCell(sourceText(name, row), "text", separator),
    csvCell(page.written_on, "text", separator),
    csvCell(t("licence_text"), "text", separator),
  ]);
  return [heads.map((head) => csvCell(head, "text", separator)), ...rows].map((cells) => cells.join(separator)).join("\r\n") + "\r\n";
}

function saveTable(name) {
  const contract = state.contract === ALL ? "" : `_${state.contract.replace(/[^\w-]/g, "_")}`;
  save(`${name}${contract}.csv`, "text/csv;charset=utf-8", `\ufeff${csvOf(name)}`);
}

// ---------------------------------------------------------------- headline

function shareItem(label, cents, whole, kind) {
  const share = (100 * cents) / whole;
  return element(
    "li", {}, element("span", {}, label),
    element("span", { class: "track", "aria-hidden": "true" }, element("span", { class: `fill ${kind}`, style: `width:${Math.min(100, share)}%` })),
    element("b", {}, percent(share)),
  );
}

function headlineAmount(row, stage) {
  const measure = `${stage}_eur`;
  if (row[measure] === null) return unknown();
  return sourceButton(euros(row[measure]), () => {
    const { sql, lines, command } = sourceOf("marts.funding_by_contract", { contract_key: state.contract }, measure);
    const label = contracts.get(state.contract)?.contract_label_fr ?? t("all_contracts");
    const note = stage === "contracted" && state.contract !== ALL ? bounds(row.contracted_low_eur, row.contracted_high_eur) : null;
    openPanel({ title: [french(label), ` — ${word(stage)}`], value: exactEuros(row[measure]), note, lines, sql, command });
  });
}

function renderHeadline() {
  const isAll = state.contract === ALL;
  const row = isAll ? records.totals[0] : contracts.get(state.contract);
  const lines = isAll ? records.funding : (fundingOf.get(state.contract) ?? []);
  const main = row.contracted_eur !== null ? "contracted" : stages.find((stage) => row[`${stage}_eur`] !== null);
  const holder = document.getElementById("headline");
  if (!main && !isAll) {
    holder.replaceChildren(element("p", { class: "headline-amount" }, unknown()), element("p", { class: "callout" }, t("empty_contract")));
    return;
  }
  const whole = row.contracted_eur;
  const byStatus = [...grouped(lines.filter((line) => line.stage_key === "contracted" && line.amount_eur), "document_status")]
    .map(([status, some]) => [status, some.reduce((sum, line) => sum + line.amount_eur, 0)])
    .sort((a, b) => b[1] - a[1]);
  const figureCount = isAll ? records.contracts.reduce((sum, one) => sum + one.citation_count, 0) : row.citation_count;
  const doubles = records.discrepancies.filter((one) => one.rule_id === "no_possible_double_count" && (isAll || one.contract_key === state.contract)).length;
  let interval = "";
  if (isAll) interval = t("no_total_bounds", { count: number(row.no_upper_bound_count), total: number(row.contracted_count) });
  else if (main === "contracted") interval = bounds(row.contracted_low_eur, row.contracted_high_eur);
  holder.replaceChildren(
    element(
      "div", { class: "figures" },
      element(
        "div", {},
        element("p", { class: "headline-label" }, word(main ?? "contracted")),
        element("p", { class: "headline-amount" }, main ? headlineAmount(row, main) : unknown()),
        interval ? element("p", { class: "bounds" }, interval) : "",
        element("p", { class: "note" }, element("b", {}, number(figureCount)), ` ${t("citation_count")}`,
          isAll ? element("span", {}, " · ", element("b", {}, number(row.contract_count)), ` ${t("contract_count", { count: number(row.contract_with_lines_count) })}`) : ""),
        doubles ? element("p", { class: "callout" }, `${t("possible_doubles", { count: number(doubles) })} `, element("a", { href: "#how_sure" }, t("discrepancies"))) : "",
      ),
      element(
        "div", {},
        element("ul", { class: "stage-list" }, ...stages.map((stage) => element("li", {}, element("span", { class: "note" }, word(stage)), element("span", { class: "amount" }, headlineAmount(row, stage))))),
        element("p", { class: "note" }, t("stages_never_add")),
        whole
          ? element("div", {},
              element("p", { class: "headline-label" }, t("share_by_status")),
              element("ul", { class: "shares" }, ...byStatus.map(([status, cents]) => shareItem(word(status), cents, whole, status === "draft" ? "draft" : ""))),
              element("ul", { class: "shares" },
                row.unallocated_contracted_eur ? shareItem(t("share_unallocated"), row.unallocated_contracted_eur, whole, "unallocated") : "",
                row.contracted_loan_eur ? shareItem(t("share_loans"), row.contracted_loan_eur, whole, "loans") : ""))
          : "",
      ),
    ),
  );
}

// ---------------------------------------------------------------- charts

const views = {};

// the stage of the charts: the chosen one, or the first at which this contract has amounts
function chartStage() {
  const drawn = page.charts.tree[state.contract] ?? {};
  return drawn[state.stage] ? state.stage : (stages.find((stage) => drawn[stage]) ?? state.stage);
}

function chartSpecification(name, rows) {
  const drawing = structuredClone(page.drawings[state.language][name]);
  drawing.datasets = { rows, outlines: page.outlines };
  if (drawing.height.step) drawing.height = drawing.height.step * (1 + Math.max(...rows.map((row) => row.order)));
  if (rows[0].slot !== undefined) {
    const parts = new Map(rows.map((row) => [row.slot, row]));
    const inOrder = [...parts.keys()].sort((a, b) => a - b).map((slot) => parts.get(slot));
    drawing.layer[0].encoding.color.scale = { domain: inOrder.map((row) => row[`part_${state.language}`]), range: inOrder.map((row) => row.colour) };
  }
  return drawing;
}

async function renderChart(name) {
  const figure = document.querySelector(`[data-chart="${name}"]`);
  const drawing = figure.querySelector(".drawing");
  const perContract = page.charts[name][state.contract];
  const rows = (name === "timeline" ? perContract : perContract?.[chartStage()]) ?? [];
  const title = name === "timeline" ? t("timeline_chart") : `${t(`${name}_chart`)} — ${word(chartStage())}`;
  figure.querySelector("h3").textContent = title;
  views[name]?.finalize();
  delete views[name];
  drawing.replaceChildren();
  figure.querySelector(".tools")?.remove();
  if (!rows.length) {
    drawing.removeAttribute("role");
    drawing.removeAttribute("aria-label");
    drawing.append(element("p", { class: "note" }, t(name === "timeline" ? "no_date_to_draw" : "nothing_to_draw")));
    return;
  }
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", t("chart_is", { title }));
  const { view } = await vegaEmbed(drawing, chartSpecification(name, rows), {
    renderer: "svg", actions: false, ast: true, defaultStyle: false, formatLocale: page.locales[state.language],
    tooltip: { disableDefaultStyle: true }, logLevel: 1, // errors only
  });
  drawing.querySelector("svg").setAttribute("aria-hidden", "true"); // the drawing is described as a whole
  views[name] = view;
  const download = async () => save(`${name}.svg`, "image/svg+xml", await view.toSVG());
  figure.append(element("div", { class: "tools" }, element("button", { type: "button", class: "tool", "data-svg": name, "aria-label": t("svg_of", { title }), onclick: download }, t("svg"))));
}

// ---------------------------------------------------------------- discrepancies

const readable = (words) => String(words ?? "").replace(/\b([a-z0-9_]+):(\d+)\b/g, (whole, code, line) => (documents.has(code) ? place(documents.get(code).document_title, Number(line)) : whole));
const otherName = (words) => {
  const code = String(words ?? "").split(" ").find((part) => lineLabels.has(part) || partners.has(part));
  return code ? (lineLabels.get(code) ?? partners.get(code).label_fr) : String(words ?? "");
};

function subjectName(row) {
  if (row.subject_type === "progress cell") {
    const [contract, volet, territory, date] = row.subject_code.split(" · ");
    const cell = records.progress.find((one) => one.contract_key === contract && one.volet_key === volet && one.territory_key === territory && one.closing_date === date);
    if (cell) return `${cell.volet_label_fr}, ${cell.territory_label_fr}`;
  }
  return row.subject_label_fr ?? row.contract_label_fr ?? row.subject_code;
}

function discrepancyItem(row) {
  const plain = page.plain_words[state.language][row.rule_id];
  const values = {
    subject: subjectName(row), expected: readable(row.expected), found: readable(row.found), other: otherName(row.found),
    amount: row.difference_eur === null ? t("no_amount") : euros(Math.abs(row.difference_eur)),
  };
  const sentence = plain ? fill(plain, values) : `${values.subject} : ${t("expected")} « ${values.expected} », ${t("found")} « ${values.found} ».`;
  const citations = citationsOf.get(row.subject_code) ?? [];
  const isNote = row.reason && (state.language === "en" || row.rule_id === "documents_do_not_contradict");
  return element(
    "li", {},
    element("div", {},
      element("p", {}, sentence),
      isNote ? element("p", { class: "note", lang: "en" }, row.reason) : "",
      citations.length ? element("ul", { class: "printed" }, ...citations.map(citationItem)) : ""),
    element("div", {},
      row.contract_label_fr ? element("p", { class: "note" }, french(row.contract_label_fr)) : "",
      element("p", { class: "note" }, t("who_repairs", { who: word(row.repaired_by) }))),
  );
}

function renderDiscrepancies() {
  const rows = records.discrepancies.filter((row) => state.contract === ALL || row.contract_key === state.contract);
  const groups = [...grouped(rows, "rule_id").values()].sort((a, b) => a.length - b.length);
  document.getElementById("discrepancies").replaceChildren(
    ...(groups.length ? groups : [null]).map((group) =>
      group === null
        ? element("p", { class: "note" }, t("no_discrepancy"))
        : element("details", { class: "group", open: group.length <= 5 },
            element("summary", {}, `${state.language === "fr" ? group[0].sentence_fr : group[0].sentence_en} (${number(group.length)})`),
            element("ul", { class: "cards" }, ...group.map(discrepancyItem)))),
  );
}

// ---------------------------------------------------------------- search

const bare = (words) => String(words ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const searchable = [
  ...records.contracts.map((row) => ({ kind: "contract", label: row.contract_label_fr, row })),
  ...records.operations.map((row) => ({ kind: "operation", label: row.label_fr, row })),
  ...records.partners.map((row) => ({ kind: "partner", label: row.label_fr, row })),
].map((entry) => ({ ...entry, text: bare([entry.label, entry.row.short_label, entry.row.siren, entry.row.owner_label_fr, entry.row.territory_label_fr].filter(Boolean).join(" ")) }));
const contractsOfPartner = new Map();
for (const row of [...records.partnerships, ...records.funders.filter((one) => one.contract_key !== ALL).map((one) => ({ ...one, partner_key: one.funder_key, partner_roles: "funder" }))]) {
  const known = contractsOfPartner.get(row.partner_key) ?? new Map();
  known.set(row.contract_key, new Set([...(known.get(row.contract_key) ?? []), ...row.partner_roles.split(" ")]));
  contractsOfPartner.set(row.partner_key, known);
}

function contractLink(key) {
  const contract = contracts.get(key);
  if (!contract) return "";
  const label = contract.contract_label_fr;
  return element("button", { type: "button", class: "linklike", "data-contract": key, "aria-label": `${t("show_contract")} : ${label}`, onclick: () => { choose({ contract: key }); document.getElementById("content").focus(); window.scrollTo(0, 0); } }, french(label));
}

function resultItem({ kind, label, row }) {
  const facts = element("p", { class: "note" });
  if (kind === "partner") {
    const named = [...(contractsOfPartner.get(row.partner_key) ?? new Map())].slice(0, 12);
    if (named.length) facts.append(`${t("named_in")} : `, ...named.flatMap(([key, roles], place) => [place ? " · " : "", contractLink(key), ` (${[...roles].map(word).join(", ")})`]));
  } else {
    const amounts = stages.filter((stage) => row[`${stage}_eur`] !== null).map((stage) => `${word(stage)} ${euros(row[`${stage}_eur`])}`);
    facts.append(amounts.join(" · ") || t("no_amount"));
  }
  const detail = kind === "partner" ? (state.language === "en" ? row.partner_type_label_en : row.partner_type_label_fr) : kind === "contract" ? (state.language === "en" ? row.contract_type_label_en : row.contract_type_label_fr) : "";
  return element(
    "li", {},
    element("div", {}, element("p", {}, kind === "contract" ? contractLink(row.contract_key) : french(label)), facts),
    element("div", {}, element("p", { class: "note" }, [t(`kind_${kind}`), detail].filter(Boolean).join(" · ")), kind === "operation" ? element("p", {}, contractLink(row.contract_key)) : ""),
  );
}

function renderSearch() {
  const query = document.getElementById("query").value.trim();
  const results = document.getElementById("results");
  if (query.length < 2) return results.replaceChildren();
  const words = bare(query).split(/\s+/);
  const found = searchable.filter((entry) => words.every((one) => entry.text.includes(one)));
  const shown = found.slice(0, MOST_RESULTS);
  const summary = !found.length ? t("search_none", { query }) : found.length > shown.length ? t("search_more", { shown: number(shown.length), count: number(found.length) }) : t("search_count", { count: number(found.length) });
  results.replaceChildren(element("p", { role: "status" }, summary), element("ul", { class: "cards" }, ...shown.map(resultItem)));
}

// ---------------------------------------------------------------- controls

function closingDates() {
  const rows = records.progress.filter((row) => state.contract === ALL ? row.has_amount : row.contract_key === state.contract);
  return [...new Set(rows.map((row) => row.closing_date))].sort().reverse();
}
const closingDate = () => (closingDates().includes(state.closing) ? state.closing : closingDates()[0]);

function renderControls() {
  document.documentElement.lang = state.language;
  document.title = t("title");
  for (const one of document.querySelectorAll("[data-text]")) one.textContent = t(one.dataset.text);
  for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", t(one.dataset.label));
  for (const group of document.querySelectorAll("#contract optgroup")) group.label = t(group.dataset.group);
  document.querySelector('#contract option[value="*"]').textContent = t("all_contracts");
  document.getElementById("contract").value = state.contract;
  document.querySelector(`[name="language"][value="${state.language}"]`).checked = true;
  document.querySelector(`[name="unit"][value="${state.exact ? "exact" : "millions"}"]`).checked = true;
  const drawn = page.charts.tree[state.contract] ?? {};
  for (const radio of document.querySelectorAll('[name="stage"]')) {
    radio.disabled = !drawn[radio.value];
    radio.checked = radio.value === chartStage() && !radio.disabled;
    radio.nextSibling.textContent = word(radio.value);
  }
  const dates = closingDates();
  document.getElementById("closing").replaceChildren(
    ...(state.contract === ALL ? [element("option", { value: "" }, t("latest_of_each"))] : []),
    ...dates.map((date) => element("option", { value: date }, day(date))),
  );
  document.getElementById("closing").value = state.contract === ALL ? (dates.includes(state.closing) ? state.closing : "") : (closingDate() ?? "");
  const about = [t("about_text", { database: page.database, date: day(page.written_on) })];
  if (page.release) about.push(t("about_release", { release: page.release }));
  if (page.known_as_of) about.push(t("about_known", { date: day(page.known_as_of) }));
  document.getElementById("about-text").textContent = about.join(" ");
}

function buildControls() {
  const option = (row) => element("option", { value: row.contract_key }, row.contract_label_fr);
  const byLabel = (rows) => [...rows].sort((a, b) => a.contract_label_fr.localeCompare(b.contract_label_fr, "fr"));
  const withAmounts = records.contracts.filter((row) => stages.some((stage) => row[`${stage}_eur`] !== null));
  const silent = records.contracts.filter((row) => !withAmounts.includes(row));
  document.getElementById("contract").append(
    element("optgroup", { label: t("with_amounts"), "data-group": "with_amounts" }, ...byLabel(withAmounts).map(option)),
    element("optgroup", { label: t("without_amounts"), "data-group": "without_amounts" }, ...byLabel(silent).map(option)),
  );
  for (const stage of stages) {
    document.getElementById("stages").append(element("label", {}, element("input", { type: "radio", name: "stage", value: stage }), document.createTextNode(word(stage))));
  }
  document.getElementById("controls").addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("search-form").addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("contract").addEventListener("change", (event) => choose({ contract: event.target.value }));
  document.getElementById("stages").addEventListener("change", (event) => choose({ stage: event.target.value }));
  document.getElementById("closing").addEventListener("change", (event) => choose({ closing: event.target.value }));
  for (const radio of document.querySelectorAll('[name="unit"]')) radio.addEventListener("change", () => choose({ exact: radio.value === "exact" }));
  for (const radio of document.querySelectorAll('[name="language"]')) radio.addEventListener("change", () => choose({ language: radio.value }));
  document.getElementById("query").addEventListener("input", renderSearch);
  window.addEventListener("hashchange", () => { if (readAddress()) render(); });
}

// what is chosen stands in the address, so that a link to the file shows the same view
function readAddress() {
  if (!location.hash.includes("=")) return false;
  const wanted = new URLSearchParams(location.hash.slice(1));
  if (contracts.has(wanted.get("contract"))) state.contract = wanted.get("contract");
  else state.contract = ALL;
  if (stages.includes(wanted.get("stage"))) state.stage = wanted.get("stage");
  if (["fr", "en"].includes(wanted.get("lang"))) state.language = wanted.get("lang");
  state.exact = wanted.get("unit") === "exact";
  state.closing = wanted.get("date") ?? "";
  return true;
}

function writeAddress() {
  const wanted = new URLSearchParams({ contract: state.contract, stage: state.stage, lang: state.language });
  if (state.exact) wanted.set("unit", "exact");
  if (state.closing) wanted.set("date", state.closing);
  history.replaceState(null, "", `#${wanted}`);
}

function choose(changes) {
  Object.assign(state, changes);
  if (changes.contract) {
    state.closing = "";
    opened.clear();
  }
  writeAddress();
  render();
  const label = contracts.get(state.contract)?.contract_label_fr ?? t("all_contracts");
  document.getElementById("status").textContent = `${label} · ${word(chartStage())}`;
}

let drawing = Promise.resolve();

function render() {
  renderControls();
  renderHeadline();
  for (const holder of document.querySelectorAll("[data-table]")) renderTable(holder.dataset.table);
  renderDiscrepancies();
  renderSearch();
  document.body.dataset.drawn = "no";
  drawing = drawing
    .then(() => Promise.all([...document.querySelectorAll("[data-chart]")].map((figure) => renderChart(figure.dataset.chart))))
    .then(() => { document.body.dataset.drawn = "yes"; });
}

// the words and the frame are painted first, then filled
buildControls();
readAddress();
requestAnimationFrame(() => setTimeout(render));
