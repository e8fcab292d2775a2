// Discrepancies in plain words.

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
