// SPDX-License-Identifier: Apache-2.0
// Does with lines of the embedded metric format what CloudWatch does: keeps each value under its name and dimensions, and
// gives statistics of them by period.

const MINUTE = 60_000;

export class Numbers {
  #series = new Map();
  #first = Infinity;
  #last = -Infinity;
  /** Whose lines they are. */
  issuer = "";

  /** Lines that are no metrics, such as those of the audit log, are left out. */
  static of(lines) {
    const numbers = new Numbers();
    for (const line of lines) {
      if (line.startsWith('{"_aws"')) {
        numbers.#add(JSON.parse(line));
      }
    }
    if (numbers.#first > numbers.#last) {
      throw new Error("no line of metrics in the recording");
    }
    return numbers;
  }

  #add(line) {
    const at = line._aws.Timestamp;
    this.issuer = line.Issuer;
    this.#first = Math.min(this.#first, at);
    this.#last = Math.max(this.#last, at);
    for (const { Namespace: namespace, Dimensions: sets, Metrics: metrics } of line._aws.CloudWatchMetrics) {
      for (const names of sets) {
        for (const { Name: name } of metrics) {
          const key = keyOf({ namespace, name, dimensions: names.map((each) => [each, line[each]]) });
          const values = this.#series.get(key) ?? [];
          this.#series.set(key, values);
          [line[name]].flat().forEach((value) => values.push({ at, value }));
        }
      }
    }
  }

  /** Whole minutes. */
  get from() {
    return Math.floor(this.#first / MINUTE) * MINUTE;
  }

  get to() {
    return Math.ceil((this.#last + 1) / MINUTE) * MINUTE;
  }

  /** Whether anything was ever counted under this namespace. */
  knows(namespace) {
    return [...this.#series.keys()].some((key) => key.startsWith(`${namespace} `));
  }

  /** One value for each period from `from` on; undefined where nothing was counted. */
  statistics(metric, stat, seconds, from = this.from, to = this.to) {
    const length = seconds * 1_000;
    const buckets = Array.from({ length: Math.ceil((to - from) / length) }, () => []);
    for (const { at, value } of this.#series.get(keyOf(metric)) ?? []) {
      buckets[Math.floor((at - from) / length)]?.push(value);
    }
    return buckets.map((values) => (values.length === 0 ? undefined : statistic(stat, values)));
  }
}

function keyOf({ namespace, name, dimensions }) {
  return `${namespace} ${name} ${dimensions.map((pair) => pair.join("=")).join(" ")}`;
}

function statistic(stat, values) {
  const sum = values.reduce((all, value) => all + value, 0);
  switch (stat) {
    case "Sum":
      return sum;
    case "Average":
      return sum / values.length;
    case "Maximum":
      return Math.max(...values);
    case "Minimum":
      return Math.min(...values);
    case "SampleCount":
      return values.length;
    default:
      return percentile(Number(/^p(\d+)$/.exec(stat)[1]), values);
  }
}

/** The nearest rank. */
function percentile(percent, values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}

const PLAIN = /^[\w\s()+\-*/<>=.,]+$/;

/** Metric math as far as ours goes: IF, FILL and arithmetic, value by value. */
export function calculate(expression, byId) {
  if (!PLAIN.test(expression)) {
    throw new Error(`an expression that is not read here: ${expression}`);
  }
  const names = [...byId.keys()];
  const choose = (condition, yes, no) => (condition ? yes : no);
  const fill = (value, otherwise) => value ?? otherwise;
  // Our own template's arithmetic, and nothing but arithmetic passes the check above.
  const once = new Function("IF", "FILL", ...names, `return ${expression};`);
  return [...byId.values()][0].map((_, index) => {
    const values = names.map((name) => byId.get(name)[index]);
    return values[0] === undefined ? undefined : once(choose, fill, ...values);
  });
}
