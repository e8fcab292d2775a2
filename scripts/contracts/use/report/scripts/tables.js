// Tables: what is chosen decides rows and columns; readers sort them.

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
  if (row.is_total && value === "") return "";
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
        element("span", { class: "note" }, t(rows.length === 1 || (state.language === "fr" && !rows.length) ? "one_row" : "rows", { count: number(rows.length) })),
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
