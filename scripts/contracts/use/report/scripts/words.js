"use strict";
// The page's behaviour: what is chosen (contract, stage, unit, language) decides what is drawn. Everything it shows is in the element « data ».

const page = JSON.parse(document.getElementById("data").textContent);
const ALL = "*";
const FIRST_ROWS = 12;
const MOST_RESULTS = 60;
const state = { contract: ALL, stage: "contracted", exact: false, language: "fr", closing: "" };

const records = {};
for (const [name, table] of Object.entries(page.tables)) {
  records[name] = table.rows.map((row) => Object.fromEntries(table.fields.map((field, place) => [field, row[place]])));
}
const indexed = (rows, key) => new Map(rows.map((row) => [row[key], row]));
const grouped = (rows, key) => {
  const groups = new Map();
  for (const row of rows) {
    if (!groups.has(row[key])) groups.set(row[key], []);
    groups.get(row[key]).push(row);
  }
  return groups;
};
const contracts = indexed(records.contracts, "contract_key");
const documents = indexed(records.coverage, "document_key");
const partners = indexed(records.partners, "partner_key");
const stages = records.stages.map((stage) => stage.stage_key);
const citationsOf = grouped(records.citations.filter((row) => row.subject_type === "financial_line"), "subject_code");
const fundingOf = grouped(records.funding, "contract_key");
const costLinesOf = grouped(records.cost_lines, "operation_key");
const namedLineOf = new Map(records.references.map((reference) => [reference.line_code, reference.bound_line_code]));
const totalOf = indexed(records.totals_and_parts, "line_code");
const lineLabels = new Map([...records.totals_and_parts, ...records.funding].map((row) => [row.line_code, row.label_fr]));

// words and numbers

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

// elements

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
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // a slow machine may fetch it late
}
