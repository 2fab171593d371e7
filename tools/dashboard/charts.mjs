// SPDX-License-Identifier: Apache-2.0
// Draws one graph as SVG, much as CloudWatch does.

const LEFT = 48;
const RIGHT = 12;
const TOP = 8;
const TICKS = [4, 5, 3, 2, 1];
const COLOURS = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b"];

export function escaped(text) {
  return String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export function shortNumber(value) {
  if (value >= 10_000) {
    return `${(value / 1_000).toFixed(0)}k`;
  }
  return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toFixed(value < 1 ? 2 : 1);
}

/** A round number at or above; there is no half of a request. */
function ceiling(value) {
  if (value <= 1) {
    return 1;
  }
  const step = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 6, 8, 10].map((factor) => factor * step).find((round) => round >= value);
}

/**
 * @param series with label, color, values (undefined where nothing was counted)
 * @param times of the first value and of the end, in milliseconds
 */
export function graph({ series, stacked, axis, lines, from, to, seconds, width, height }) {
  const legend = legendOf(series, lines, width);
  const bottom = height - legend.height - 18;
  const drawn = stacked ? stack(series) : series.map((each) => ({ ...each, base: undefined }));
  const most = Math.max(0, ...drawn.flatMap(({ values }) => values.filter((value) => value !== undefined)));
  const top = axis?.max ?? ceiling(Math.max(most, ...lines.map(({ value }) => value)));
  // At the beginning of its period, as CloudWatch has it.
  const x = (index) => LEFT + (index * seconds * 1_000 * (width - LEFT - RIGHT)) / (to - from);
  const y = (value) => bottom - (Math.min(value, top) * (bottom - TOP)) / top;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    scale({ top, y, width, axis }),
    clock({ from, to, bottom, width }),
    ...drawn.toReversed().map((each) => (stacked ? area(each, x, y) : curve(each, x, y))),
    ...lines.map(({ value, color }) => across(y(value), color, width)),
    legend.svg(bottom + 22),
    "</svg>",
  ].join("\n");
}

function scale({ top, y, width, axis }) {
  const ticks = TICKS.find((number) => top % number === 0) ?? TICKS[0];
  const marks = Array.from({ length: ticks + 1 }, (_, tick) => (top * tick) / ticks);
  const rows = marks.map(
    (value) => `<line x1="${LEFT}" x2="${width - RIGHT}" y1="${y(value)}" y2="${y(value)}" class="grid"/>
<text x="${LEFT - 6}" y="${y(value) + 3.5}" class="mark" text-anchor="end">${shortNumber(value)}</text>`,
  );
  const middle = (y(0) + y(top)) / 2;
  const unit = `<text x="11" y="${middle}" class="mark" text-anchor="middle" transform="rotate(-90 11 ${middle})">${escaped(axis?.label ?? "")}</text>`;
  return `${rows.join("\n")}${unit}`;
}

function clock({ from, to, bottom, width }) {
  const steps = width > 300 ? 4 : 2;
  return Array.from({ length: steps + 1 }, (_, step) => {
    const at = from + ((to - from) * step) / steps;
    const anchor = step === 0 ? "start" : step === steps ? "end" : "middle";
    const place = LEFT + ((width - LEFT - RIGHT) * step) / steps;
    return `<text x="${place}" y="${bottom + 13}" class="mark" text-anchor="${anchor}">${new Date(at).toISOString().slice(11, 16)}</text>`;
  }).join("\n");
}

/** Each on top of those before it. */
function stack(series) {
  const heights = series[0].values.map(() => 0);
  return series.map((each) => {
    const base = [...heights];
    each.values.forEach((value, index) => {
      heights[index] += value ?? 0;
    });
    return { ...each, base, values: [...heights] };
  });
}

function area({ values, base, color }, x, y) {
  const over = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
  const under = base.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).toReversed();
  return `<polygon points="${[...over, ...under].join(" ")}" fill="${color}" fill-opacity="0.75"/>`;
}

/** Broken where nothing was counted; a value between two such gaps is a dot, as CloudWatch has it. */
function curve({ values, color }, x, y) {
  const runs = [];
  values.forEach((value, index) => {
    if (value === undefined) {
      return;
    }
    if (index === 0 || values[index - 1] === undefined) {
      runs.push([]);
    }
    runs.at(-1).push([x(index).toFixed(1), y(value).toFixed(1)]);
  });
  return runs
    .map((run) =>
      run.length === 1
        ? `<circle cx="${run[0][0]}" cy="${run[0][1]}" r="3" fill="${color}"/>`
        : `<polyline points="${run.map((point) => point.join(",")).join(" ")}" fill="none" stroke="${color}" stroke-width="1.8"/>`,
    )
    .join("\n");
}

function across(at, color, width) {
  return `<line x1="${LEFT}" x2="${width - RIGHT}" y1="${at}" y2="${at}" stroke="${color}" stroke-dasharray="5 4"/>`;
}

/** In as many rows as it takes. */
function legendOf(series, lines, width) {
  const places = [];
  let left = LEFT - 30;
  let row = 0;
  for (const { label, color } of [...series, ...lines]) {
    const room = 22 + label.length * 6.1;
    if (left > LEFT - 30 && left + room > width) {
      left = LEFT - 30;
      row++;
    }
    places.push({ label, color, left, row });
    left += room;
  }
  return {
    height: (row + 1) * 15 + 6,
    svg: (top) =>
      places
        .map(
          (place) => `<rect x="${place.left}" y="${top + place.row * 15}" width="9" height="9" fill="${place.color}"/>
<text x="${place.left + 13}" y="${top + place.row * 15 + 8.5}" class="legend">${escaped(place.label)}</text>`,
        )
        .join("\n"),
  };
}

export function colourOf(index) {
  return COLOURS[index % COLOURS.length];
}
