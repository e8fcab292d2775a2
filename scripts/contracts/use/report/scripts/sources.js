// Where a number comes from: its lines, their printed figures, the SQL that gives it.

const STAGE_OF_RATE = { programming: "programmed", commitment: "committed", payment: "paid" };
const KEYS_OF_LINES = new Set(["contract_key", "funder_key", "theme_key", "volet_key", "territory_key", "period_key", "operation_key"]);
const quoted = (value) => `'${String(value).replaceAll("'", "''")}'`;

// measures that are a part of a stage: which one, and which of its lines count in them
const PARTS = {
  contracted_from_draft_eur: { stage: "contracted", narrower: (line) => line.is_from_draft },
  contracted_loan_eur: { stage: "contracted", narrower: (line) => line.is_repayable },
  unallocated_contracted_eur: { stage: "contracted", narrower: (line) => line.row_kind === "unallocated" },
};
const lineMeasures = new Set([...stages.map((stage) => `${stage}_eur`), ...Object.keys(PARTS)]);

// the stage of a measure, and which of its lines count in it
function lineFilter(measure) {
  const rate = STAGE_OF_RATE[measure.split("_")[0]];
  if (rate) return (line) => line.stage_key === rate || line.stage_key === "contracted";
  const part = PARTS[measure];
  if (part) return (line) => line.stage_key === part.stage && part.narrower(line);
  const stage = stages.find((name) => [`${name}_eur`, `${name}_eur_per_inhabitant`].includes(measure)) ?? "contracted";
  return (line) => line.stage_key === stage;
}

// how a measure is read from the rows that match: what adds up is added, everything else stands in one row
function measureSql(mart, measure) {
  const amount = measure.match(/^(\w+)_eur_per_inhabitant$/)?.[1];
  if (amount) return `cast(round(sum(${amount}_eur) / any_value(population), 2) as decimal(18, 2)) as ${measure}`;
  if (["cost_eur", "not_declared_eur"].includes(measure)) return `max(${measure}) as ${measure}`;
  const once = mart === "marts.financing_plans" ? " filter (where not is_inside_another_share)" : "";
  return lineMeasures.has(measure) ? `sum(${measure})${once} as ${measure}` : measure;
}

// euros per inhabitant count the money of a territory and of all that lies inside it
function insideSql(keys, measure) {
  const contract = keys.contract_key === ALL ? "" : `\n  and funding.contract_key = ${quoted(keys.contract_key)}`;
  return `select cast(round(sum(funding.${measure.replace("_per_inhabitant", "")}) / any_value(territories.population), 2) as decimal(18, 2)) as ${measure}
from star.fct_funding as funding
inner join star.bridge_territory_ancestor as ancestors on funding.territory_key = ancestors.territory_key
inner join star.dim_territory as territories on ancestors.ancestor_territory_key = territories.territory_key
where ancestors.is_whole and funding.territory_relation is distinct from 'wider'
  and ancestors.ancestor_territory_key = ${quoted(keys.territory_key)}${contract}`;
}

// measure: column of the mart. keys: column → value; the value * leaves that column out.
function sourceOf(mart, keys, measure) {
  const used = Object.entries(keys).filter(([, value]) => value !== ALL);
  const conditions = used.map(([name, value]) => `${name} = ${name === "closing_date" ? "date " : ""}${quoted(value)}`);
  const measured = measureSql(mart, measure);
  const isInside = mart === "marts.funding_by_territory" && measure.endsWith("_eur_per_inhabitant");
  const sql = isInside
    ? insideSql(keys, measure)
    : `select ${measured}\nfrom ${mart}${conditions.length ? `\nwhere ${conditions.join(" and ")}` : ""}`;
  const matches = used.filter(([name]) => KEYS_OF_LINES.has(name));
  const isOfLine = lineFilter(measure);
  const pool = keys.contract_key && keys.contract_key !== ALL ? (fundingOf.get(keys.contract_key) ?? []) : records.funding;
  const matching = pool.filter((line) => matches.every(([name, value]) => line[name] === value) && isOfLine(line));
  // a share that may lie inside another one of its operation is not added to it
  const codes = new Set(mart === "marts.financing_plans" ? matching.map((line) => line.line_code) : []);
  const lines = matching.filter((line) => !codes.has(line.possible_parent_code));
  const explained = mart.startsWith("marts.funding_by_") && matches.length === used.length && keys.contract_key !== ALL && stages.some((s) => measure === `${s}_eur`);
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
  const named = namedLineOf.get(code);
  const citations = citationsOf.get(named ?? code) ?? [];
  const total = isRemainder ? totalOf.get(code) : null;
  return element(
    "li", {},
    element("div", { class: "line-head" }, french(label), element("b", {}, cents === null ? t("no_amount") : exactEuros(cents))),
    total ? element("div", { class: "note" }, t("remainder", { declared: exactEuros(total.declared_eur), parts: exactEuros(total.declared_eur - cents) })) : "",
    named ? element("div", { class: "note" }, t("by_reference")) : "",
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

// what a number of a table is: its bounds, or what it is the rest of
function noteOf(table, row, measure) {
  if (table === "contracts" && measure === "contracted_eur") return bounds(row.contracted_low_eur, row.contracted_high_eur);
  if (measure === "not_declared_eur") return t("cost_rest", { cost: exactEuros(row.cost_eur), payers: exactEuros(row.cost_eur - row.not_declared_eur) });
  return null;
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
    const isOfCost = ["cost_eur", "not_declared_eur"].includes(measure);
    const codes = line ? [row[line]] : isOfCost ? (costLinesOf.get(row.operation_key) ?? []).map((cost) => cost.line_code) : null;
    const isEuro = ["euro", "bounded", "each"].includes(column.kind);
    openPanel({
      title: [french([first ? labelOf(row, first) : null, contract ?? t("all_contracts")].filter(Boolean).join(" · ")), ` — ${column[state.language]}`],
      value: isEuro ? exactEuros(row[column.name]) : percent(row[column.name]),
      note: noteOf(table, row, measure),
      lines: codes ? null : lines,
      codes,
      sql,
      command,
      isEarlier: (row.closing_date && row.is_latest === false) || "calendar_year" in row,
    });
  });
}
