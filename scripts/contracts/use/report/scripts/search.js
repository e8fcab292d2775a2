// Search over contracts, operations and partners.

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
