// SPDX-License-Identifier: Apache-2.0
// Reads dashboard and alarms out of the template. No YAML parser: it knows the few forms that our own section is written in,
// and stops at any other.
import { createHash } from "node:crypto";

const BODY = /\n( +)DashboardBody: !Sub \|\n((?:\1 {2}.*\n)+)/;
const ALARM = /^ {2}(\w+):\n {4}Type: AWS::CloudWatch::Alarm\n((?: {4}.*\n)+)/gm;

/** The text between the quotes of CloudFormation, as it is written there. */
export function bodyText(template) {
  const found = BODY.exec(template);
  if (!found) {
    throw new Error("infra/template.yaml has no DashboardBody as a block");
  }
  return found[2].replaceAll(`\n${found[1]}  `, "\n").slice(found[1].length + 2).trim();
}

export function digest(template) {
  return createHash("sha256").update(bodyText(template)).digest("hex");
}

/** The widgets, with the stack's name in its places. */
export function widgets(template, stack) {
  const text = bodyText(template)
    .replaceAll("${AWS::StackName}", stack)
    .replaceAll("${RunbookUrl}", "docs/runbook.md")
    .replaceAll("${AuditLog}", `${stack}-AuditLog`)
    .replace(/\$\{([\w:.]+)\}/g, "$1");
  return JSON.parse(text).widgets;
}

/** What a parameter is unless it is given. */
function standard(template, parameter) {
  const found = new RegExp(`^ {2}${parameter}:\\n(?: {4}.*\\n)*? {4}Default: (.*)$`, "m").exec(template);
  if (!found) {
    throw new Error(`infra/template.yaml has no parameter ${parameter} with a default`);
  }
  return found[1].replaceAll('"', "");
}

/** By logical name; one that is an expression of several metrics has no `metric`. */
export function alarms(template, stack) {
  const found = new Map();
  for (const [, name, block] of template.matchAll(ALARM)) {
    const value = (key) =>
      new RegExp(`^ {6}${key}: (.*)$`, "m")
        .exec(block)?.[1]
        .replaceAll('"', "")
        .replace(/^!Ref (\w+)$/, (_, parameter) => standard(template, parameter));
    const dimensions = [...block.matchAll(/^ {8}- \{Name: (\w+), Value: (.*)\}$/gm)].map(([, dimension, of]) => [
      dimension,
      of.replace("!Ref AWS::StackName", stack),
    ]);
    found.set(name, {
      metric: value("MetricName") && { namespace: value("Namespace"), name: value("MetricName"), dimensions },
      stat: value("Statistic") ?? value("ExtendedStatistic"),
      period: Number(value("Period")),
      periods: Number(value("EvaluationPeriods")),
      threshold: Number(value("Threshold")),
      comparison: value("ComparisonOperator"),
      missing: value("TreatMissingData"),
    });
  }
  return found;
}
