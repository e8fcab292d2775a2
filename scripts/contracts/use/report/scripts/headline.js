// The headline figures of what is chosen.

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
        element("p", { class: "note" }, element("b", {}, number(row.citation_count)), ` ${t("citation_count")}`,
          isAll ? element("span", {}, " · ", element("b", {}, number(row.contract_count)), ` ${t("contract_count", {
            count: number(row.contract_with_money_count), told: number(row.contract_with_content_count), named: number(row.contract_only_named_count),
          })}`) : ""),
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
