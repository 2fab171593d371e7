// A service that serves tickets to whoever has a task token for exactly that ticket.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { protect, ResourceServer, tokenOf } from "@taskbound/resource-server";

const server = new ResourceServer({
  issuer: process.env.TASKBOUND_ISSUER,
  name: "tickets",
  secret: readFileSync(process.env.TASKBOUND_SECRET_FILE, "utf8"),
});

/** Nothing but this path, without a query; for anything else there is no token. */
function toUse(request) {
  const ticket = /^\/tickets\/([0-9]{1,9})$/.exec(request.url);
  return ticket && request.method === "GET" ? { action: "read", identifier: `ticket:${ticket[1]}` } : undefined;
}

const guarded = protect(server, toUse, {
  publicUrl: "https://tickets.acme.example",
  onVerdict: ({ reason, operator }) => console.error(reason, operator ?? ""),
});

createServer((request, response) =>
  guarded(request, response, () => response.end(`the ticket, for ${tokenOf(request).subject}\n`)),
).listen(0, "127.0.0.1", function () {
  console.log(this.address().port);
});
