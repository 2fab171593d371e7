// SPDX-License-Identifier: Apache-2.0
// Draws the dashboard of infra/template.yaml from recorded lines; see the script draw beside this file.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { alarms, digest, widgets } from "./definition.mjs";
import { marked } from "./mark.mjs";
import { Numbers } from "./numbers.mjs";
import { page } from "./page.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const NOTE =
  "Drawn by tools/dashboard/draw from the definition in infra/template.yaml, with the metrics of a real run of the issuer on one machine. Not a screenshot of CloudWatch.";

const [recording, target, browser] = process.argv.slice(2);
const template = readFileSync(join(here, "..", "..", "infra", "template.yaml"), "utf8");
const numbers = Numbers.of(linesOf(recording));
const drawn = page({
  widgets: widgets(template, numbers.issuer),
  alarms: alarms(template, numbers.issuer),
  numbers,
  note: NOTE,
});
if (target.endsWith(".html")) {
  writeFileSync(target, drawn.html);
} else {
  writeFileSync(target, marked(pictureOf(drawn), digest(template)));
}

function linesOf(file) {
  const bytes = readFileSync(file);
  return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").split("\n");
}

function pictureOf({ html, width, height }) {
  const folder = mkdtempSync(join(tmpdir(), "dashboard-"));
  try {
    const source = join(folder, "page.html");
    const picture = join(folder, "page.png");
    writeFileSync(source, html);
    execFileSync(
      browser,
      [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        `--user-data-dir=${join(folder, "profile")}`,
        `--window-size=${width},${height}`,
        `--screenshot=${picture}`,
        `file://${source}`,
      ],
      { stdio: "ignore", timeout: 120_000 },
    );
    return readFileSync(picture);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
