// Tables as CSV files, with source, date and licence on each row.

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
