// Draws each chart from the table of numbers that stands below it: what is drawn is what can be
// read out, and a table that changes is drawn again.
const SYMBOLS = ["circle", "rect"];
const LINES = ["solid", "dashed"];
const charts = new Map();

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function shown(value, unit) {
  if (value === null || value === undefined) return "—";
  if (unit === "share") return `${(Math.floor(value * 1000 + 1e-9) / 10)}%`;
  if (unit === "seconds") return `${Math.round(value * 10) / 10} 秒`;
  return String(value);
}

// The table's head and rows as what ECharts takes.
function read(table) {
  const columns = [...table.tHead.querySelectorAll("th")].map((head) => ({
    name: head.textContent,
    unit: head.dataset.unit,
    data: [],
  }));
  const rows = [];
  for (const row of table.tBodies[0].rows) {
    rows.push(row.cells[0].textContent);
    columns.forEach((column, place) => {
      const { value } = row.cells[place + 1].dataset;
      column.data.push(value === "" ? null : Number(value));
    });
  }
  return { rows, columns };
}

function options({ rows, columns }, figure) {
  const sideways = "sideways" in figure.dataset;
  const bars = figure.dataset.kind === "bar";
  const { unit } = columns[0];
  const text = { color: colour("--soft"), fontSize: 13 };
  const named = { type: "category", data: rows, axisLabel: text, axisTick: { show: false }, inverse: sideways };
  const counted = {
    type: "value",
    minInterval: unit === "count" ? 1 : 0,
    max: unit === "share" ? 1 : null,
    axisLabel: { ...text, formatter: (value) => shown(value, unit) },
    splitLine: { lineStyle: { color: colour("--hair") } },
  };
  return {
    animation: false,
    color: [colour("--first"), colour("--second")],
    // Patterns beside the colours, for whoever doesn't tell these apart.
    aria: { enabled: true, label: { enabled: false }, decal: { show: columns.length > 1 && bars } },
    grid: { left: 8, right: 16, top: columns.length > 1 ? 34 : 12, bottom: 4, outerBoundsMode: "same" },
    legend: { show: columns.length > 1, top: 0, left: 0, textStyle: { ...text, color: colour("--ink") }, itemWidth: 34 },
    // Without HTML: the Content-Security-Policy refuses the styles in it.
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, valueFormatter: (value) => shown(value, unit) },
    xAxis: sideways ? counted : named,
    yAxis: sideways ? named : counted,
    series: columns.map((column, place) => ({
      name: column.name,
      type: bars ? "bar" : "line",
      data: column.data,
      connectNulls: false,
      symbol: SYMBOLS[place],
      symbolSize: 7,
      barMaxWidth: 22,
      lineStyle: { width: 2.5, type: LINES[place] },
      label: { show: sideways, position: "right", color: colour("--ink") },
    })),
  };
}

function draw(figure) {
  const plot = figure.querySelector(".plot");
  const table = figure.querySelector("table");
  plot.hidden = !table;
  if (!table) return;
  if (!charts.has(figure)) {
    charts.set(figure, window.echarts.init(plot));
    new ResizeObserver(() => charts.get(figure).resize()).observe(plot);
  }
  charts.get(figure).setOption(options(read(table), figure), { notMerge: true });
}

function drawAll() {
  for (const figure of document.querySelectorAll(".chart")) draw(figure);
}

// Which table somebody has open stays so when its numbers change.
const opened = new Set();
addEventListener("toggle", ({ target }) => {
  if (!target.matches?.(".numbers details")) return;
  opened[target.open ? "add" : "delete"](target.parentElement.id);
}, true);

addEventListener("htmx:sseMessage", ({ target }) => {
  const figure = target.closest?.(".chart");
  if (!figure) return;
  const details = figure.querySelector(".numbers details");
  if (details) details.open = opened.has(figure.querySelector(".numbers").id);
  draw(figure);
});
new MutationObserver(drawAll).observe(document.documentElement, { attributeFilter: ["data-scheme"] });
drawAll();
