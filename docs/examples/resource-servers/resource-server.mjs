// Asks the issuer about a task token, and says which HTTP status to answer.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { presented, ResourceServer } from "@taskbound/resource-server";

const server = new ResourceServer({
  issuer: process.env.TASKBOUND_ISSUER,
  name: process.env.TASKBOUND_SERVER, // this server's name in the policy
  secret: readFileSync(process.env.TASKBOUND_SECRET_FILE, "utf8"),
});
const request = { method: "POST", url: "https://signer.acme.example/signatures" }; // what a proof must name

/** `job` is our own id of this work, stored before we ask; never an id that the caller sent. */
function redeem(headers, received, job) {
  const digest = createHash("sha256").update(received).digest("hex");
  const identifier = `artifact:acme/shop/app.jar@sha256:${digest}`;
  return server.redeem(headers, { action: "sign", identifier, useId: job }, request);
}

function introspect(headers, action, identifier) {
  return server.introspect(headers, { action, identifier }, request);
}

const [what, first, second] = process.argv.slice(2);
const headers = presented([`Bearer ${readFileSync(0, "utf8").trim()}`]); // in a service: presentedIn(request)
const verdict = await (what === "redeem"
  ? redeem(headers, readFileSync(first), second)
  : introspect(headers, first, second));
console.log(verdict.status);
