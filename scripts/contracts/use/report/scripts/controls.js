// What is chosen, and the page drawn from it.

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
  if (page.last_try) about.push(t("about_last_try", page.last_try));
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
