// Asks the issuer about a task token, and says which HTTP status to answer. Node 18+, no packages.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const issuer = process.env.TASKBOUND_ISSUER;
const name = process.env.TASKBOUND_SERVER; // this server's name in the policy
const secret = readFileSync(process.env.TASKBOUND_SECRET_FILE, "ascii").trim();

/** The issuer's answer, or undefined if there is none: then the task must not be done. */
async function ask(path, form, afterLostAnswer = {}) {
  let lost = false;
  const basic = Buffer.from(`${name}:${secret}`).toString("base64");
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const answer = await fetch(issuer + path, {
        method: "POST",
        headers: { Authorization: `Basic ${basic}` },
        body: new URLSearchParams(lost ? { ...form, ...afterLostAnswer } : form),
        redirect: "error",
        signal: AbortSignal.timeout(20_000), // enough for a cold start of the issuer
      });
      if (answer.status === 200) return await answer.json();
      if (answer.status !== 429 && answer.status !== 503) return undefined;
      await pause(1000 * Number(answer.headers.get("Retry-After") ?? 1));
    } catch {
      lost = true; // The use may be counted; asking again is safe, because use_id is the same.
      await pause(500 * 2 ** attempt);
    }
  }
  return undefined;
}

/** `job` is our own id of this work, stored before we ask; never an id that the caller sent. */
async function redeem(token, action, identifier, job) {
  const answer = await ask("/redeem", { token, action, identifier, use_id: job }, { repeat: "allowed" });
  if (answer === undefined) return 503;
  if (answer.active === true) return 200;
  if (answer.reason === "repeat") return 409; // or the stored result of this job
  return answer.reason === "not_permitted" ? 403 : 401;
}

/** After an introspection we must check the permission ourselves; after a redemption it has been checked. */
async function introspect(token, action, identifier) {
  const answer = await ask("/introspect", { token });
  if (answer === undefined) return 503;
  if (answer.active !== true) return 401;
  const permits = (detail) => detail.actions.includes(action) && detail.identifier === identifier;
  return answer.authorization_details.some(permits) ? 200 : 403;
}

const [what, ...rest] = process.argv.slice(2);
const token = readFileSync(0, "ascii").trim();
if (what === "redeem") {
  const digest = createHash("sha256").update(readFileSync(rest[0])).digest("hex");
  console.log(await redeem(token, "sign", `artifact:acme/shop/app.jar@sha256:${digest}`, rest[1]));
} else {
  console.log(await introspect(token, rest[0], rest[1]));
}
