// Charts: Vega-Lite drawings filled with the rows of what is chosen.

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
