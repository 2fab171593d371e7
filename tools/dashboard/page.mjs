// SPDX-License-Identifier: Apache-2.0
// Makes a page of the widgets: each at its place in the grid of 24 columns.
import { colourOf, escaped, graph, shortNumber } from "./charts.mjs";
import { calculate } from "./numbers.mjs";

const COLUMN = 60;
const ROW = 46;
const GAP = 6;
const TITLE = 26;
const COLUMNS = 24;

const STYLE = `
body { margin: 0; background: #f2f3f3; font: 13px "DejaVu Sans", "Liberation Sans", sans-serif; color: #16191f; }
.widget { position: absolute; background: #fff; border: 1px solid #d5dbdb; border-radius: 3px; overflow: hidden; box-sizing: border-box; }
.bare { background: none; border: none; }
h1, h2 { margin: 4px 2px 2px; font-size: 20px; } h2 { font-size: 17px; padding-top: 8px; } p { margin: 2px; color: #414d5c; font-size: 12.5px; line-height: 1.45; }
h3 { margin: 7px 10px 0; font-size: 13px; font-weight: bold; height: 19px; white-space: nowrap; }
code { background: #e9ebed; padding: 0 3px; border-radius: 2px; font-family: "DejaVu Sans Mono", "Liberation Mono", monospace; font-size: 11.5px; }
.grid { stroke: #eaeded; } .mark { font-size: 10px; fill: #687078; } .legend { font-size: 10.5px; fill: #414d5c; }
.numbers { display: flex; justify-content: space-around; padding-top: 6px; }
.number b { display: block; font-size: 30px; font-weight: normal; } .number { font-size: 11.5px; color: #414d5c; }
.alarms { display: grid; grid-template-columns: repeat(7, 1fr); gap: 7px; padding: 7px 10px; }
.alarm { border: 1px solid #d5dbdb; border-left-width: 5px; padding: 6px 8px; font-size: 11.5px; white-space: nowrap; border-radius: 2px; }
.alarm i { float: right; font-style: normal; color: #687078; font-size: 10px; padding-top: 1px; }
.ok { border-left-color: #2ca02c; } .in-alarm { border-color: #d62728; background: #fdf0ef; } .none { border-left-color: #aab7b8; }
.absent { color: #687078; text-align: center; padding-top: 30px; line-height: 1.5; font-size: 12px; }
.foot { position: absolute; left: 8px; color: #687078; font-size: 11px; }
`;

export function page({ widgets, alarms, numbers, note }) {
  const height = Math.max(...widgets.map(({ y, height: rows }) => y + rows)) * ROW;
  const boxes = widgets.map((widget) => box(widget, alarms, numbers));
  return {
    width: COLUMNS * COLUMN + GAP,
    height: height + 30,
    html: `<!doctype html><meta charset="utf-8"><title>Dashboard</title><style>${STYLE}</style>
${boxes.join("\n")}
<div class="foot" style="top: ${height + 6}px">${escaped(note)}</div>`,
  };
}

function box({ x, y, width, height, type, properties }, alarms, numbers) {
  const size = { width: width * COLUMN - GAP - 2, height: height * ROW - GAP - 2 };
  const inside = {
    text: () => markdown(properties.markdown),
    alarm: () => `<h3>${escaped(properties.title)}</h3>${states(properties.alarms, alarms, numbers)}`,
    metric: () => `<h3>${escaped(properties.title)}</h3>${metric(properties, numbers, size)}`,
  }[type]();
  const place = `left: ${x * COLUMN + GAP}px; top: ${y * ROW + GAP}px; width: ${size.width + 2}px; height: ${size.height + 2}px`;
  return `<div class="widget${type === "text" ? " bare" : ""}" style="${place}">${inside}</div>`;
}

/** The little that our texts use. */
function markdown(text) {
  return escaped(text)
    .split("\n")
    .map((line) => {
      const [, marks, rest] = /^(#*) ?(.*)$/.exec(line);
      const tag = marks.length === 0 ? "p" : `h${marks.length}`;
      return `<${tag}>${rest.replace(/`([^`]+)`/g, "<code>$1</code>")}</${tag}>`;
    })
    .join("");
}

function metric({ view, metrics, stat, period, stacked, yAxis, annotations }, numbers, size) {
  const seconds = view === "singleValue" ? (numbers.to - numbers.from) / 1_000 : period;
  const series = evaluated(metrics, { stat, seconds, numbers });
  if (view === "singleValue") {
    return `<div class="numbers">${series.map(number).join("")}</div>`;
  }
  if (metrics.every(([namespace]) => namespace !== "Taskbound" && typeof namespace === "string" && !numbers.knows(namespace))) {
    return `<div class="absent">counted by AWS of the real function, API and table:<br>nothing to draw on this machine</div>`;
  }
  return graph({
    series,
    stacked,
    axis: yAxis?.left,
    lines: (annotations?.horizontal ?? []).map((line) => ({ ...line })),
    from: numbers.from,
    to: numbers.to,
    seconds,
    width: size.width,
    height: size.height - TITLE,
  });
}

function number({ label, values, color }) {
  return `<div class="number"><b style="color: ${color}">${shortNumber(values[0] ?? 0)}</b>${escaped(label)}</div>`;
}

/** What is to be seen: each with label, color and values. */
function evaluated(metrics, { stat, seconds, numbers }) {
  const byId = new Map();
  const shown = [];
  metrics.forEach((entry, index) => {
    const options = entry.at(-1);
    const values = options.expression
      ? calculate(options.expression, byId)
      : numbers.statistics(named(entry), options.stat ?? stat, seconds);
    if (options.id && !options.expression) {
      byId.set(options.id, values);
    }
    if (options.visible !== false) {
      shown.push({ label: options.label, color: options.color ?? colourOf(index), values });
    }
  });
  return shown;
}

function named([namespace, name, ...rest]) {
  const dimensions = [];
  for (let at = 0; at + 1 < rest.length; at += 2) {
    dimensions.push([rest[at], rest[at + 1]]);
  }
  return { namespace, name, dimensions };
}

function states(arns, alarms, numbers) {
  const boxes = arns.map((arn) => {
    const name = arn.slice(arn.lastIndexOf(":") + 1);
    const state = stateAtTheEnd(alarms.get(name), numbers);
    const look = { OK: "ok", "In alarm": "in-alarm", "No data": "none" }[state];
    return `<div class="alarm ${look}"><i>${state}</i>${escaped(name)}</div>`;
  });
  return `<div class="alarms">${boxes.join("")}</div>`;
}

/** By the last periods of the recording, one after the other: our alarms need all of them. */
function stateAtTheEnd({ metric: watched, stat, period, periods, threshold, comparison, missing }, numbers) {
  if (!watched || watched.namespace !== "Taskbound") {
    return "No data";
  }
  const from = numbers.to - periods * period * 1_000;
  const values = numbers.statistics(watched, stat, period, from, numbers.to);
  const breaches = {
    GreaterThanOrEqualToThreshold: (v) => v >= threshold,
    GreaterThanThreshold: (v) => v > threshold,
    LessThanThreshold: (v) => v < threshold,
  }[comparison];
  return values.every((value) => (value === undefined ? missing === "breaching" : breaches(value))) ? "In alarm" : "OK";
}
