// SPDX-License-Identifier: Apache-2.0
// Made by `npm run build` from src/. Do not edit.
"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __esm = (fn, res, err) => function __init() {
  if (err) throw err[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err = [e], e;
  }
};
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));

// src/issuer/issuer-url.ts
function parseIssuerUrl(text) {
  const fault2 = faultOf(text);
  return fault2 === void 0 ? { kind: "url", url: text.replace(/\/$/, "") } : { kind: "fault", why: fault2 };
}
function faultOf(text) {
  if (!URL.canParse(text) || !/^https?:\/\/[\x21-\x7e]+$/i.test(text)) {
    return "is not an http or https URL";
  }
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || text.includes("@")) {
    return "must not carry a user or password";
  }
  if (text.includes("?") || text.includes("#")) {
    return "must have no query or fragment";
  }
  return url.protocol === "https:" || isLoopback(url.hostname) ? void 0 : "must be https (plain http only on a loopback address)";
}
function isLoopback(hostname) {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
var init_issuer_url = __esm({
  "src/issuer/issuer-url.ts"() {
    "use strict";
  }
});

// src/issuer/proxy-exemptions.ts
function isExempt(url, list) {
  const host = withoutDot(url.hostname.toLowerCase());
  const address = bare(host);
  const port = `:${url.port || (url.protocol === "https:" ? "443" : "80")}`;
  return list.toLowerCase().split(/[\s,]+/).filter((entry) => entry !== "").map((entry) => withoutPort(entry, port)).some((entry) => entry === "*" || ((0, import_node_net.isIP)(address) > 0 ? isAmong(address, entry) : isBelow(host, entry)));
}
function withoutPort(entry, port) {
  const name = entry.endsWith(port) ? entry.slice(0, -port.length) : entry;
  return name.includes(":") && !name.endsWith("]") ? entry : name;
}
function isBelow(host, entry) {
  const name = withoutDot(entry.replace(/^\*?\./, ""));
  return name !== "" && (host === name || host.endsWith(`.${name}`));
}
function isAmong(address, entry) {
  const [network = "", bits, ...more] = entry.split("/");
  const base = bare(network);
  const version = (0, import_node_net.isIP)(base);
  const most = version === 4 ? 32 : 128;
  const first = bits === void 0 ? most : Number(bits);
  if (version !== (0, import_node_net.isIP)(address) || more.length > 0 || bits !== void 0 && !/^\d{1,3}$/.test(bits) || first > most) {
    return false;
  }
  const covered = new import_node_net.BlockList();
  covered.addSubnet(base, first, version === 4 ? "ipv4" : "ipv6");
  return covered.check(address, version === 4 ? "ipv4" : "ipv6");
}
function bare(host) {
  return host.replace(/^\[(.*)\]$/, "$1");
}
function withoutDot(name) {
  return name.replace(/\.$/, "");
}
var import_node_net;
var init_proxy_exemptions = __esm({
  "src/issuer/proxy-exemptions.ts"() {
    "use strict";
    import_node_net = require("node:net");
  }
});

// src/issuer/proxy.ts
function proxyFor(url, env) {
  const own2 = url.protocol === "https:" ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"];
  const name = [...own2, "all_proxy", "ALL_PROXY"].find((variable) => textOf(env, variable) !== "");
  const exempt = textOf(env, "no_proxy") || textOf(env, "NO_PROXY");
  if (name === void 0 || isLoopback(url.hostname) || isExempt(url, exempt)) {
    return { kind: "direct" };
  }
  const proxy = parse(textOf(env, name));
  return proxy === void 0 ? {
    kind: "fault",
    why: `${name} is not a proxy that can be used: write it like http://proxy.acme.example:3128 or http://USER:PASSWORD@proxy.acme.example:3128`
  } : { kind: "proxy", url: proxy };
}
function loginOf(proxy) {
  return proxy.username === "" && proxy.password === "" ? void 0 : `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
}
function textOf(env, name) {
  return (env[name] ?? "").trim();
}
function parse(text) {
  const address = text.includes("://") ? text : `http://${text}`;
  if (!/^https?:\/\/[\x21-\x7e]+$/i.test(address) || !URL.canParse(address)) {
    return void 0;
  }
  const url = new URL(address);
  return url.pathname === "/" && url.search === "" && url.hash === "" && hasUsableLogin(url) ? url : void 0;
}
function hasUsableLogin(url) {
  try {
    decodeURIComponent(url.password);
    return !decodeURIComponent(url.username).includes(":");
  } catch {
    return false;
  }
}
var init_proxy = __esm({
  "src/issuer/proxy.ts"() {
    "use strict";
    init_issuer_url();
    init_proxy_exemptions();
  }
});

// src/issuer/tunnel.ts
var tunnel_exports = {};
__export(tunnel_exports, {
  throughProxy: () => throughProxy
});
function throughProxy(url, proxy, options, signal) {
  return url.protocol === "https:" ? tunnelled(url, proxy, options, signal) : { sent: forwarded(url, proxy, options) };
}
function forwarded(url, proxy, options) {
  const headers = { ...options.headers, ...credentials(proxy), host: url.host };
  return requestTo(proxy)({ ...options, ...addressOf(proxy), path: url.href, headers });
}
async function tunnelled(url, proxy, options, signal) {
  const socket = await openTunnel(url, proxy, signal);
  if (socket === "login") {
    return { outcome: { kind: "proxy-login" } };
  }
  const secured = (0, import_node_tls.connect)({ socket, servername: url.hostname });
  const { agent: _, ...rest } = options;
  return { sent: (0, import_node_https.request)(url, { ...rest, createConnection: () => secured }) };
}
function openTunnel(url, proxy, signal) {
  const target = `${url.hostname}:${url.port || "443"}`;
  return new Promise((resolve4, reject) => {
    const asked2 = requestTo(proxy)({
      ...addressOf(proxy),
      method: "CONNECT",
      path: target,
      headers: { host: target, ...credentials(proxy) },
      agent: false,
      timeout: 5e3,
      signal
    });
    asked2.once("connect", (answer, socket) => {
      const status = answer.statusCode ?? 0;
      if (status >= 200 && status < 300) {
        resolve4(socket);
        return;
      }
      socket.destroy();
      if (status === 407) {
        resolve4("login");
      } else {
        reject(new Error("the proxy refused"));
      }
    });
    asked2.once("timeout", () => asked2.destroy(new Error("the proxy does not answer")));
    asked2.once("error", reject);
    asked2.end();
  });
}
function requestTo(proxy) {
  return proxy.protocol === "https:" ? import_node_https.request : import_node_http.request;
}
function addressOf(proxy) {
  return {
    host: proxy.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: proxy.port || (proxy.protocol === "https:" ? "443" : "80")
  };
}
function credentials(proxy) {
  const login = loginOf(proxy);
  return login === void 0 ? {} : { "proxy-authorization": `Basic ${Buffer.from(login).toString("base64")}` };
}
var import_node_http, import_node_https, import_node_tls;
var init_tunnel = __esm({
  "src/issuer/tunnel.ts"() {
    "use strict";
    import_node_http = require("node:http");
    import_node_https = require("node:https");
    import_node_tls = require("node:tls");
    init_proxy();
  }
});

// src/world/real-world.ts
var import_node_crypto2 = require("node:crypto");
var import_node_fs6 = require("node:fs");
var import_node_os = require("node:os");

// src/command/child.ts
var import_node_child_process = require("node:child_process");
var startChild = (spec) => {
  const isWindows = spec.platform === "win32";
  const child = (0, import_node_child_process.spawn)(spec.executable, spec.args, {
    cwd: spec.cwd,
    env: spec.env,
    stdio: "inherit",
    windowsVerbatimArguments: spec.verbatim,
    // A process group of its own, so that a signal also reaches its forks. On Windows that would open a console.
    detached: !isWindows
  });
  const ended = new Promise((resolve4) => {
    child.once("exit", (code, signal) => resolve4(code ?? 128 + signalNumber(signal)));
    child.once("error", (fault2) => resolve4(codeOf(fault2)));
  });
  return { ended, signal: (signal) => deliver(child.pid, signal, isWindows) };
};
function deliver(pid, signal, isWindows) {
  if (pid === void 0) {
    return;
  }
  if (!isWindows) {
    killGroup(pid, signal);
  } else if (signal === "SIGKILL") {
    (0, import_node_child_process.spawnSync)("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore" });
  }
}
function killGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
  }
}
function codeOf(fault2) {
  return fault2.code === "ENOENT" ? 127 : 126;
}
var NUMBERS = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGTERM: 15
};
function signalNumber(signal) {
  return (signal && NUMBERS[signal]) ?? 0;
}

// src/command/printed.ts
var import_node_child_process2 = require("node:child_process");
var MAX_BYTES = 64 * 1024;
var printedBy = (script, env, signal) => {
  const [shell, flags] = process.platform === "win32" ? ["cmd", ["/d", "/c"]] : ["sh", ["-c"]];
  const child = (0, import_node_child_process2.spawn)(shell, [...flags, script], { env, stdio: ["ignore", "pipe", "inherit"] });
  const chunks = [];
  let length = 0;
  child.stdout.on("data", (chunk) => {
    length += chunk.length;
    if (length <= MAX_BYTES) {
      chunks.push(chunk);
    }
  });
  const stop = () => child.kill();
  signal.addEventListener("abort", stop);
  return new Promise((resolve4) => {
    const end = (code) => {
      signal.removeEventListener("abort", stop);
      resolve4({ code, text: Buffer.concat(chunks).toString("utf8") });
    };
    child.once("close", (code) => end(code ?? 1));
    child.once("error", () => end(127));
  });
};

// src/command/private-folder.ts
var import_node_child_process3 = require("node:child_process");
var import_node_fs = require("node:fs");
var import_node_path = require("node:path");
var PREFIX = "taskbound-";
var SECRET_FILES = ["token", "header", "authorization"];
function makePrivateFolder(temp, platform) {
  const path = (0, import_node_fs.mkdtempSync)((0, import_node_path.join)((0, import_node_path.resolve)(temp), PREFIX));
  if (platform === "win32") {
    keepToUser(path);
  }
  return {
    path,
    write: (name, text) => {
      const file = (0, import_node_path.join)(path, name);
      (0, import_node_fs.writeFileSync)(file, text, { mode: 384, flag: "wx" });
      return file;
    },
    remove: () => removePrivateFolder(path, temp)
  };
}
function removePrivateFolder(path, temp) {
  if ((0, import_node_path.dirname)(path) === (0, import_node_path.resolve)(temp) && /^taskbound-[A-Za-z0-9]{6}$/.test((0, import_node_path.basename)(path))) {
    try {
      removeAll(path);
    } finally {
      SECRET_FILES.map((name) => (0, import_node_path.join)(path, name)).forEach(removeAll);
    }
  }
}
function removeAll(path) {
  (0, import_node_fs.rmSync)(path, { recursive: true, force: true, maxRetries: 3 });
}
function keepToUser(path) {
  const user = ownSid();
  const rights = [path, "/inheritance:r", "/grant:r", `*${user}:(OI)(CI)F`];
  if (user === void 0 || (0, import_node_child_process3.spawnSync)(ofSystem("icacls.exe"), rights, { stdio: "ignore" }).status !== 0) {
    (0, import_node_fs.rmSync)(path, { recursive: true, force: true });
    throw new Error("the folder for the token could not be protected from other users (whoami or icacls)");
  }
}
function ownSid() {
  const { status, stdout } = (0, import_node_child_process3.spawnSync)(ofSystem("whoami.exe"), ["/user", "/fo", "csv", "/nh"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"]
  });
  return status === 0 ? /,"(S-1-(?:5|12)(?:-\d+)+)"\s*$/.exec(stdout)?.[1] : void 0;
}
function ofSystem(program) {
  return (0, import_node_path.join)(process.env["SystemRoot"] ?? "C:\\Windows", "System32", program);
}

// src/command/which.ts
var import_node_fs2 = require("node:fs");
var import_node_path2 = require("node:path");
function whichIn(env, platform) {
  const extensions = platform === "win32" ? (env["PATHEXT"] ?? ".EXE;.CMD").split(";") : [];
  return (command) => {
    const folders = (0, import_node_path2.isAbsolute)(command) ? [""] : (env["PATH"] ?? "").split(import_node_path2.delimiter).filter((path) => path !== "");
    const names = ["", ...extensions].map((extension) => command + extension);
    return folders.flatMap((folder) => names.map((name) => (0, import_node_path2.join)(folder, name))).find(isProgram);
  };
}
function isProgram(path) {
  try {
    return (0, import_node_fs2.statSync)(path, { throwIfNoEntry: false })?.isFile() === true && isExecutable(path);
  } catch {
    return false;
  }
}
function isExecutable(path) {
  (0, import_node_fs2.accessSync)(path, import_node_fs2.constants.X_OK);
  return true;
}

// src/issuer/http-transport.ts
init_proxy();
var MAX_ANSWER_BYTES = 64 * 1024;
var CONNECT_TIMEOUT_MS = 5e3;
function httpTransport(env) {
  return async (request, signal) => {
    try {
      const opened = await open(request, env, signal);
      return "outcome" in opened ? opened.outcome : await exchange(opened.sent, request, signal);
    } catch {
      return { kind: "refused" };
    }
  };
}
async function open(request, env, signal) {
  const options = { method: request.method, headers: headersOf(request), agent: false };
  const proxy = proxyFor(request.url, env);
  switch (proxy.kind) {
    case "fault":
      return { outcome: { kind: "refused" } };
    case "proxy": {
      const { throughProxy: throughProxy2 } = await Promise.resolve().then(() => (init_tunnel(), tunnel_exports));
      return throughProxy2(request.url, proxy.url, options, signal);
    }
    case "direct": {
      const { request: start } = request.url.protocol === "https:" ? await Promise.resolve().then(() => __toESM(require("node:https"), 1)) : await Promise.resolve().then(() => __toESM(require("node:http"), 1));
      return { sent: start(request.url, options) };
    }
  }
}
function headersOf(request) {
  const length = Buffer.byteLength(request.body);
  return {
    ...request.headers,
    "user-agent": "taskbound-action",
    connection: "close",
    ...request.method === "POST" && { "content-length": String(length) }
  };
}
function exchange(sent, request, signal) {
  return new Promise((resolve4) => {
    const connection = watchConnection(sent);
    const connecting = setTimeout(() => connection.isOpen() || end({ kind: "refused" }), CONNECT_TIMEOUT_MS);
    const whole = setTimeout(() => end({ kind: "lost", what: "no whole answer in time" }), request.timeoutMs);
    const end = (outcome) => {
      clearTimeout(connecting);
      clearTimeout(whole);
      signal.removeEventListener("abort", abort);
      sent.destroy();
      resolve4(outcome);
    };
    const abort = () => end({ kind: connection.isOpen() ? "aborted" : "refused" });
    sent.on("error", (fault2) => end(faultOf2(fault2, connection.isOpen())));
    sent.on("response", (answer) => collect(answer, request.maxAnswerBytes ?? MAX_ANSWER_BYTES, end));
    if (signal.aborted) {
      abort();
    } else {
      signal.addEventListener("abort", abort);
      sent.end(request.body);
    }
  });
}
function collect(answer, most, end) {
  const chunks = [];
  let length = 0;
  answer.on("data", (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > most) {
      end({ kind: "large", maxBytes: most });
    }
  });
  answer.on("error", () => end({ kind: "lost", what: "no whole answer (connection broken)" }));
  answer.on("aborted", () => end({ kind: "lost", what: "no whole answer (connection broken)" }));
  answer.on("end", () => {
    if (answer.statusCode === 407) {
      end({ kind: "proxy-login" });
    }
    const retryAfter = answer.headers["retry-after"];
    end({
      kind: "answer",
      status: answer.statusCode ?? 0,
      retryAfter,
      body: Buffer.concat(chunks).toString("utf8"),
      nonce: nonceOf(answer)
    });
  });
}
function nonceOf(answer) {
  const nonce = answer.headers["dpop-nonce"];
  return typeof nonce === "string" ? nonce : void 0;
}
function watchConnection(sent) {
  let open2 = false;
  sent.on("socket", (socket) => {
    socket.once("encrypted" in socket ? "secureConnect" : "connect", () => {
      open2 = true;
    });
  });
  return { isOpen: () => open2 };
}
function faultOf2(fault2, isOpen) {
  if (isOpen) {
    return { kind: "lost", what: `no whole answer (${codeOf2(fault2)})` };
  }
  return isTls(fault2) ? { kind: "tls" } : { kind: "refused" };
}
function isTls(fault2) {
  return /^(EPROTO|ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_)/.test(codeOf2(fault2));
}
function codeOf2(fault2) {
  return /^[A-Z0-9_]{1,40}$/.test(fault2.code ?? "") ? fault2.code ?? "" : "connection broken";
}

// src/runner/closed-notes.ts
var import_node_crypto = require("node:crypto");
var import_node_fs3 = require("node:fs");
var import_node_path3 = require("node:path");
function closedNotes(temp) {
  const path = (handle) => (0, import_node_path3.join)(temp, `taskbound-closed-${sha256(handle)}`);
  return {
    leave: (handle) => {
      try {
        (0, import_node_fs3.writeFileSync)(path(handle), "", { flag: "wx", mode: 384 });
      } catch {
      }
    },
    has: (handle) => (0, import_node_fs3.existsSync)(path(handle))
  };
}
function sha256(text) {
  return (0, import_node_crypto.createHash)("sha256").update(text).digest("hex");
}

// src/runner/file-access.ts
var import_node_fs4 = require("node:fs");
function appendTo(path, text) {
  (0, import_node_fs4.appendFileSync)(path, text, "utf8");
}
function lastByteOf(path) {
  let file;
  try {
    file = (0, import_node_fs4.openSync)(path, "r");
  } catch {
    return void 0;
  }
  try {
    const byte = Buffer.alloc(1);
    return (0, import_node_fs4.readSync)(file, byte, 0, 1, (0, import_node_fs4.fstatSync)(file).size - 1) === 1 ? byte[0] : void 0;
  } catch {
    return void 0;
  } finally {
    (0, import_node_fs4.closeSync)(file);
  }
}
function isFolder(path) {
  try {
    return (0, import_node_fs4.statSync)(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}

// src/runner/file-commands.ts
function fileCommands(env, files) {
  const add = (variable, text) => {
    const path = env[variable] ?? "";
    if (path !== "") {
      files.append(path, startOfLine(files, path) + text + files.eol);
    }
  };
  return {
    setOutput: (name, value) => add("GITHUB_OUTPUT", pair(files, name, value)),
    saveState: (name, value) => add("GITHUB_STATE", pair(files, name, value)),
    addSummary: (markdown) => add("GITHUB_STEP_SUMMARY", markdown)
  };
}
function pair(files, name, value) {
  const delimiter2 = `taskbound_${files.randomUuid()}`;
  return [`${name}<<${delimiter2}`, value, delimiter2].join(files.eol);
}
function startOfLine(files, path) {
  const last = files.lastByte(path);
  return last === void 0 || last === 10 ? "" : files.eol;
}

// src/runner/workflow-commands.ts
function workflowCommands(write, eol, decodes) {
  let open2 = "never";
  const put = (lines, isCommand) => {
    const fresh = open2 === "always" || open2 === "once" && isCommand;
    write((fresh ? eol : "") + lines.map((line) => line + eol).join(""));
    open2 = open2 === "always" ? "always" : "never";
  };
  const annotate = (kind, lines) => {
    const [first = "", ...others] = lines.join("\n").split("\n");
    put(decodes ? [annotation(kind, lines)] : [annotation(kind, [first]), ...others.map(plain)], true);
  };
  return {
    say: (lines) => put(lines.map(plain), false),
    notice: (lines) => annotate("notice", lines),
    warn: (lines) => annotate("warning", lines),
    fail: (lines) => annotate("error", lines),
    mask: (texts) => {
      const lines = texts.map((text) => `::add-mask::${escapedData(text)}`);
      for (const some of open2 === "always" ? inPieces(lines) : [lines]) {
        put(some, true);
      }
    },
    commandStarts: () => {
      open2 = "always";
    },
    commandEnds: () => {
      open2 = "once";
    }
  };
}
function annotation(kind, lines) {
  return `::${kind} title=taskbound::${escapedData(lines.join("\n"))}`;
}
function plain(line) {
  return `taskbound: ${line}`.replaceAll("##[", "##\\u005B");
}
function escapedData(text) {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
var PIECE = 4e3;
function inPieces(lines) {
  const pieces = [];
  let left = 0;
  for (const line of lines.filter(({ length }) => length < PIECE)) {
    if (line.length >= left) {
      pieces.push([]);
      left = PIECE;
    }
    pieces.at(-1)?.push(line);
    left -= line.length + 2;
  }
  return pieces;
}

// src/runner/write-out.ts
var import_node_fs5 = require("node:fs");
var STDOUT = 1;
var PAUSE_MS = 5;
function writeOut(text) {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    rest = rest.subarray(writeSome(rest));
  }
}
function writeSome(bytes) {
  try {
    return (0, import_node_fs5.writeSync)(STDOUT, bytes);
  } catch (fault2) {
    if (codeOf3(fault2) === "EPIPE") {
      return bytes.length;
    }
    if (codeOf3(fault2) !== "EAGAIN") {
      throw fault2;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    return 0;
  }
}
function codeOf3(fault2) {
  return fault2 instanceof Error && "code" in fault2 ? fault2.code : void 0;
}

// src/world/cancel.ts
var SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"];
function listenForCancel(source) {
  const controller = new AbortController();
  const first = once();
  const second = once();
  for (const signal of SIGNALS) {
    source.on(signal, () => {
      (controller.signal.aborted ? second : first).resolve(signal);
      controller.abort();
    });
  }
  return { signal: controller.signal, asked: first.promise, insisted: second.promise };
}
function once() {
  let resolve4 = () => {
  };
  const promise = new Promise((done) => {
    resolve4 = done;
  });
  return { promise, resolve: resolve4 };
}

// src/world/sleep.ts
var import_promises = require("node:timers/promises");
function sleep(ms, signal) {
  return (0, import_promises.setTimeout)(ms, void 0, { signal }).catch(() => {
  });
}

// src/world/real-world.ts
function realWorld() {
  const { env, platform } = process;
  const temp = env["RUNNER_TEMP"] || (0, import_node_os.tmpdir)();
  const files = { append: appendTo, lastByte: lastByteOf, eol: import_node_os.EOL, randomUuid };
  return {
    env,
    net: { transport: httpTransport(env), now: monotonicClock(), sleep, random: Math.random },
    log: workflowCommands(writeOut, import_node_os.EOL, env["ACT"] !== "true"),
    files: fileCommands(env, files),
    machine: { platform, which: whichIn(env, platform), isFolder, temp },
    makeFolder: () => makePrivateFolder(temp, platform),
    removeFolder: (path) => removePrivateFolder(path, temp),
    closedNotes: closedNotes(temp),
    startChild,
    cancel: listenForCancel(process),
    randomUuid,
    readText,
    writeText: (path, text) => (0, import_node_fs6.writeFileSync)(path, text),
    printedBy
  };
}
function readText(path) {
  try {
    return (0, import_node_fs6.readFileSync)(path, "utf8");
  } catch {
    return void 0;
  }
}
function randomUuid() {
  return (0, import_node_crypto2.randomUUID)({ disableEntropyCache: true });
}
function monotonicClock() {
  const startedAt = Date.now();
  const start = process.hrtime.bigint();
  return () => startedAt + Number(process.hrtime.bigint() - start) / 1e6;
}

// src/life/entry.ts
function run(part) {
  const world = realWorld();
  void part(world).catch((fault2) => broken(world, fault2)).then((code) => {
    process.exitCode = code;
  });
}
async function broken(world, fault2) {
  const what = fault2 instanceof Error ? `${fault2.name}: ${fault2.message}` : "unknown fault";
  world.log.fail([`the action failed unexpectedly (${what})`]);
  return 1;
}

// src/base/iso-seconds.ts
function isoSeconds(epochMs) {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}

// src/base/json.ts
function parseJsonObject(text) {
  return asObject(parseJson(text));
}
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return void 0;
  }
}
function asObject(value) {
  return isObject(value) ? value : void 0;
}
function textOf2(object, name) {
  const value = own(object, name);
  return typeof value === "string" ? value : void 0;
}
function wholeOf(object, name) {
  const value = own(object, name);
  return typeof value === "number" && Number.isSafeInteger(value) ? value : void 0;
}
function textsOf(object, name) {
  const value = own(object, name) ?? [];
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : void 0;
}
function objectOf(object, name) {
  return asObject(own(object, name));
}
function objectsOf(object, name) {
  const value = own(object, name);
  return Array.isArray(value) && value.every(isObject) ? value : void 0;
}
function own(object, name) {
  return Object.hasOwn(object, name) ? object[name] : void 0;
}
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// src/issuer/handle.ts
function isHandle(text) {
  return /^[A-Za-z0-9_.-]{1,128}$/.test(text);
}

// src/runner/saved-state.ts
init_issuer_url();
var NAME = "taskbound";
var STATE_VARIABLE = `STATE_${NAME}`;
function parseSavedState(text) {
  const state = parseJsonObject(text ?? "");
  switch (state && textOf2(state, "phase")) {
    case "minting":
      return parseMinting(state ?? {});
    case "held":
      return parseHeld(state ?? {});
    case "done":
      return { phase: "done" };
    default:
      return void 0;
  }
}
function parseMinting(state) {
  const issuer = issuerOf(state);
  return issuer === void 0 ? void 0 : { phase: "minting", issuer, folder: textOf2(state, "folder") };
}
function parseHeld(state) {
  const issuer = issuerOf(state);
  const scope = scopeOf(textOf2(state, "scope"));
  const handle = textOf2(state, "handle") ?? "";
  const task = textOf2(state, "task");
  const grantedAt = wholeOf(state, "grantedAt");
  const expiresAt = wholeOf(state, "expiresAt");
  if (!issuer || !scope || !isHandle(handle) || task === void 0 || !grantedAt || !expiresAt) {
    return void 0;
  }
  return {
    phase: "held",
    issuer,
    scope,
    handle,
    task,
    grantedAt,
    expiresAt,
    folder: textOf2(state, "folder")
  };
}
function issuerOf(state) {
  const issuer = parseIssuerUrl(textOf2(state, "issuer") ?? "");
  return issuer.kind === "url" ? issuer.url : void 0;
}
function scopeOf(text) {
  return text === "step" || text === "until-closed" || text === "job" ? text : void 0;
}

// src/runner/summary.ts
function summaryMarkdown(of) {
  const rows = [
    ...of.details.map((detail) => ["target", targetOf(detail)]),
    ...of.facts
  ];
  return [
    "",
    `#### Taskbound: ${literal(of.task)}`,
    "",
    "| | |",
    "|---|---|",
    ...rows.map(([name, value]) => `| ${name} | ${literal(value)} |`),
    ""
  ].join("\n");
}
function targetOf(detail) {
  return `${detail.actions.join(", ")} ${detail.identifier}`.trim();
}
function literal(text) {
  return Array.from(text, (c) => /^[A-Za-z0-9 ]$/.test(c) ? c : `&#${c.codePointAt(0)};`).join("");
}

// src/settings/inputs.ts
function inputsOf(env) {
  return (name) => rawInput(env, name).trim();
}
function inputVariable(name) {
  return `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`;
}
function rawInput(env, name) {
  return env[inputVariable(name)] ?? "";
}

// src/base/checked.ts
function ok(value) {
  return { kind: "ok", value };
}
function fault(sentence) {
  return { kind: "fault", fault: sentence };
}

// src/settings/issuer-input.ts
init_issuer_url();
function issuerUrl(inputs, env) {
  const text = inputs("issuer") || (env["TASKBOUND_ISSUER"] ?? "").trim();
  if (text === "") {
    return fault(
      "issuer is missing: set the input issuer or the variable TASKBOUND_ISSUER to the URL of your issuer"
    );
  }
  const parsed = parseIssuerUrl(text);
  return parsed.kind === "url" ? ok(parsed.url) : fault(`issuer ${parsed.why}`);
}
function isIssuerWritten(inputs) {
  return inputs("issuer") !== "";
}
function audienceFor(issuer, inputs) {
  const written = inputs("id-token-audience");
  return written === "" || isIssuerWritten(inputs) ? ok(written || issuer) : fault("id-token-audience needs the input issuer: an earlier step could have changed TASKBOUND_ISSUER");
}

// src/settings/receipt-input.ts
var import_node_path4 = require("node:path");
function receiptFile(env) {
  const inputs = inputsOf(env);
  const path = inputs("receipt");
  return path === "" ? void 0 : (0, import_node_path4.resolve)(env["GITHUB_WORKSPACE"] || ".", path);
}

// src/base/printable.ts
var MAX_LENGTH = 512;
function printable(text) {
  return text.length <= MAX_LENGTH ? escaped(text) : `${escaped(text.slice(0, MAX_LENGTH))}...`;
}
function quoted(text) {
  return `"${escaped(text.replaceAll("\\", "\\\\").replaceAll('"', '\\"'))}"`;
}
function escaped(text) {
  return Array.from(text, escapedPoint).join("");
}
function escapedPoint(character) {
  const point = character.codePointAt(0) ?? 0;
  if (point >= 32 && point < 127) {
    return character;
  }
  const hex = point.toString(16).toUpperCase();
  return point > 65535 ? `\\U${hex.padStart(8, "0")}` : `\\u${hex.padStart(4, "0")}`;
}

// src/text/step-text.ts
var ENDED_BY = {
  step: "step end",
  cancelled: "cancel",
  post: "post step",
  close: "close step"
};
function closedText(closed) {
  const lived = closed.livedMs === void 0 ? "" : `, lived ${livedText(closed.livedMs)}`;
  return [`closed by ${endedBy(closed.by)}${lived}: ${closed.handle}`];
}
function endedBy(closer) {
  return ENDED_BY[closer];
}
function alreadyDeadText(handle) {
  return [`had already ended: ${handle}`];
}
function closedEarlierText(handle) {
  return [`was closed by an earlier step: ${handle}`];
}
function closeFailedText(failed) {
  const until = failed.expiresAt === void 0 ? "it expires" : `${isoSeconds(failed.expiresAt)} at the latest`;
  return [
    `could not be closed (${failed.why}): ${failed.handle}`,
    `a copy of it could be used until ${until}; an administrator can end it by its handle`
  ];
}
function livedText(ms) {
  const tenths = Math.floor(Math.max(0, ms) / 100);
  if (tenths < 600) {
    return `${Math.floor(tenths / 10)}.${tenths % 10} s`;
  }
  const seconds = Math.floor(tenths / 10);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

// src/issuer/refusal.ts
function parseRefusal(body, secret) {
  const code = body && textOf2(body, "error");
  if (body === void 0 || code === void 0 || !/^[a-z0-9_]{1,64}$/.test(code)) {
    return void 0;
  }
  const description = textOf2(body, "error_description");
  const isSafe = description !== void 0 && !description.includes(secret);
  return { code, description: isSafe ? printable(description) : void 0, requestId: requestIdOf(body) };
}
function requestIdOf(body) {
  const id = textOf2(body, "request_id");
  return id !== void 0 && /^[A-Za-z0-9._:-]{1,128}$/.test(id) ? id : void 0;
}

// src/issuer/outcome.ts
var REPEATABLE = [429, 502, 503, 504];
var GATEWAY_LOST_IT = [502, 504];
function asksForAnother(status) {
  return REPEATABLE.includes(status);
}
function isWorthRepeating(outcome) {
  switch (outcome.kind) {
    case "answer":
      return asksForAnother(outcome.status);
    case "refused":
    case "lost":
      return true;
    case "tls":
    case "proxy-login":
    case "large":
    case "aborted":
      return false;
  }
}
function isNotFinal(outcome) {
  switch (outcome.kind) {
    case "answer":
    case "refused":
    case "lost":
    case "large":
      return true;
    case "tls":
    case "proxy-login":
    case "aborted":
      return false;
  }
}
function mayHaveArrived(outcome) {
  switch (outcome.kind) {
    case "answer":
      return GATEWAY_LOST_IT.includes(outcome.status);
    case "lost":
    case "large":
    case "aborted":
      return true;
    case "refused":
    case "proxy-login":
    case "tls":
      return false;
  }
}
function brokenBy(outcome, host) {
  switch (outcome.kind) {
    case "answer":
      return {
        kind: GATEWAY_LOST_IT.includes(outcome.status) ? "NO_ANSWER" : "BUSY",
        sentence: `the issuer answered ${outcome.status}`
      };
    case "refused":
      return { kind: "UNREACHABLE", sentence: `no connection to ${host}` };
    case "proxy-login":
      return { kind: "PROXY_LOGIN", sentence: "the proxy wants a user and password, or other ones" };
    case "lost":
      return { kind: "NO_ANSWER", sentence: outcome.what };
    case "tls":
      return { kind: "UNTRUSTED", sentence: `TLS handshake failed with ${host}` };
    case "large":
      return { kind: "NOT_AN_ISSUER", sentence: `the answer is longer than ${outcome.maxBytes / 1024} KB` };
    case "aborted":
      return { kind: "INTERRUPTED", sentence: "interrupted while waiting for the answer" };
  }
}
function requestIdIn(outcome) {
  const body = outcome.kind === "answer" ? parseJsonObject(outcome.body) : void 0;
  return body && requestIdOf(body);
}

// src/issuer/patience.ts
var DEFAULT_PATIENCE = {
  attempts: 4,
  deadlineMs: 6e4,
  tryTimeoutMs: 2e4,
  firstPauseMs: 500,
  longestPauseMs: 8e3
};
var CLOSING_PATIENCE = {
  attempts: 3,
  deadlineMs: 45e3,
  tryTimeoutMs: 2e4,
  firstPauseMs: 500,
  longestPauseMs: 4e3
};
var RECEIPT_PATIENCE = {
  attempts: 3,
  deadlineMs: 2e4,
  tryTimeoutMs: 1e4,
  firstPauseMs: 500,
  longestPauseMs: 2e3
};
var KEYS_PATIENCE = {
  attempts: 3,
  deadlineMs: 1e4,
  tryTimeoutMs: 5e3,
  firstPauseMs: 250,
  longestPauseMs: 1e3
};
function pauseAfter(patience, waited) {
  const { done, retryAfterMs: retryAfterMs2, jitter, leftMs } = waited;
  const pause = retryAfterMs2 === void 0 ? backoff(patience, done, jitter) : retryAfterMs2 + Math.floor(patience.firstPauseMs * jitter);
  return done < patience.attempts && pause < leftMs ? pause : void 0;
}
function backoff(patience, done, jitter) {
  const full = Math.min(patience.firstPauseMs * 2 ** (done - 1), patience.longestPauseMs);
  return full / 2 + Math.floor(full / 2 * jitter);
}

// src/issuer/retry-after.ts
var DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
function retryAfterMs(header, now) {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) {
    return Number(text) * 1e3;
  }
  return DATE.test(text) ? Math.max(0, Date.parse(text) - now) : void 0;
}

// src/issuer/calls.ts
var MIN_TRY_MS = 1;
async function send(net, call) {
  const deadline = net.now() + call.patience.deadlineMs;
  let lostOne = false;
  for (let tries = 1; ; tries++) {
    const latest = await tryOnce(net, call, deadline - net.now());
    const pause = pauseBeforeNext(net, call, latest, { tries, leftMs: deadline - net.now() });
    if (pause === void 0) {
      return toReply(call, latest, { tries, lostOne });
    }
    lostOne ||= mayHaveArrived(latest.outcome);
    await net.sleep(pause, call.signal);
    if (call.signal.aborted) {
      return none({
        kind: "INTERRUPTED",
        sentence: "interrupted between two tries",
        tries,
        mayHaveArrived: lostOne
      });
    }
    if (net.now() >= deadline) {
      return toReply(call, latest, { tries, lostOne });
    }
  }
}
async function tryOnce(net, call, leftMs) {
  const sentAt = net.now();
  const timeoutMs = Math.max(MIN_TRY_MS, Math.min(leftMs, call.patience.tryTimeoutMs));
  const outcome = await net.transport({ ...call.request, timeoutMs }, call.signal);
  const header = outcome.kind === "answer" ? outcome.retryAfter : void 0;
  return { outcome, sentAt, retryAfterMs: retryAfterMs(header, net.now()) };
}
function pauseBeforeNext(net, { patience, again = isWorthRepeating }, latest, at) {
  if (!again(latest.outcome)) {
    return void 0;
  }
  return pauseAfter(patience, {
    done: at.tries,
    retryAfterMs: latest.retryAfterMs,
    jitter: net.random(),
    leftMs: at.leftMs
  });
}
function toReply(call, latest, before) {
  const { tries, lostOne } = before;
  const { outcome, sentAt } = latest;
  if (outcome.kind === "answer" && !asksForAnother(outcome.status)) {
    const { status, body, nonce } = outcome;
    return { kind: "received", status, body, nonce, sentAt, tries, lostOne };
  }
  const arrived = lostOne || mayHaveArrived(outcome);
  return none(
    { ...brokenBy(outcome, call.request.url.host), tries, mayHaveArrived: arrived },
    requestIdIn(outcome)
  );
}
function none(outage, requestId) {
  return { kind: "none", outage: { ...outage, requestId } };
}

// src/issuer/form.ts
function formPost(issuer, path, parameters, more = {}) {
  return {
    method: "POST",
    url: new URL(issuer + path),
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json", ...more },
    body: new URLSearchParams(parameters).toString()
  };
}

// src/issuer/secret.ts
var import_node_util = require("node:util");
var MAX_LENGTH2 = 16 * 1024;
function parseSecret(kind, text) {
  if (text === "" || text.length > MAX_LENGTH2 || !/^[\x21-\x7e]*$/.test(text)) {
    return void 0;
  }
  const shown2 = () => `[${kind}]`;
  const secret = { reveal: () => text, toString: shown2, toJSON: shown2, [import_node_util.inspect.custom]: shown2 };
  return secret;
}

// src/issuer/id-token.ts
async function askForIdToken(net, request, signal) {
  const { endpoint, audience, patience = DEFAULT_PATIENCE } = request;
  const url = new URL(endpoint.url);
  url.searchParams.set("audience", audience);
  const headers = { authorization: `Bearer ${endpoint.requestToken.reveal()}`, accept: "application/json" };
  const reply = await send(net, {
    request: { method: "GET", url, headers, body: "" },
    patience,
    signal,
    again: (outcome) => isNotFinal(outcome) && !(outcome.kind === "answer" && idTokenIn(outcome))
  });
  return parseIdTokenAnswer(reply);
}
function parseIdTokenAnswer(reply) {
  if (reply.kind === "none") {
    return { kind: "failed", why: reply.outage.sentence.replace("the issuer", "the runner's endpoint") };
  }
  const idToken = idTokenIn(reply);
  return idToken ? { kind: "signed", idToken } : { kind: "failed", why: `the runner's endpoint answered ${reply.status} without an ID token` };
}
function idTokenIn(answer) {
  const body = parseJsonObject(answer.body);
  return answer.status === 200 ? parseSecret("ID token", (body && textOf2(body, "value")) ?? "") : void 0;
}
function unverifiedClaims(idToken) {
  const parts = idToken.reveal().split(".");
  return parts.length === 3 ? parseJsonObject(Buffer.from(parts[1] ?? "", "base64url").toString("utf8")) : void 0;
}
function audiencesOf(idToken) {
  const claims = unverifiedClaims(idToken) ?? {};
  const single = textOf2(claims, "aud");
  return single === void 0 ? textsOf(claims, "aud") ?? [] : [single];
}

// src/issuer/id-token-audience.ts
var MAX_SHOWN = 512;
var UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
function audienceObjection(idToken, receiver) {
  if (unverifiedClaims(idToken) === void 0) {
    return "the ID token is not a readable JWT";
  }
  const audiences = audiencesOf(idToken);
  const [only] = audiences;
  if (only === void 0) {
    return "the ID token does not say for whom it is (aud)";
  }
  if (audiences.length > 1) {
    return "the ID token is for more than one audience";
  }
  return isOurs(only, receiver) || isOursForOneTask(only, receiver) ? void 0 : `the ID token is for ${shown(only)}`;
}
function isOurs(audience, { issuer, named }) {
  return [issuer, ...named].some((name) => withoutSlash(name) === withoutSlash(audience));
}
function isOursForOneTask(audience, receiver) {
  const mark = audience.lastIndexOf("#");
  const task = audience.slice(mark + 1);
  const isTask = receiver.txn === void 0 ? UUID.test(task) : task === receiver.txn;
  return mark >= 0 && isTask && isOurs(audience.slice(0, mark), receiver);
}
function withoutSlash(url) {
  return url.replace(/\/$/, "");
}
function shown(audience) {
  return audience.length <= MAX_SHOWN ? quoted(audience) : quoted(`${audience.slice(0, MAX_SHOWN)}...`);
}

// src/issuer/reply.ts
function notAnIssuer(received, missing) {
  const { status, tries } = received;
  const isRedirect = status >= 300 && status < 400;
  return {
    kind: "NOT_AN_ISSUER",
    sentence: isRedirect ? `the address answered ${status}, a redirect, and redirects are not followed` : `the address answered ${status} ${missing}`,
    tries,
    requestId: void 0,
    mayHaveArrived: received.lostOne || status === 200
  };
}

// src/issuer/close.ts
async function close(net, closing, signal) {
  const objection = objectionTo(closing);
  if (objection !== void 0) {
    return { kind: "failed", why: objection };
  }
  const parameters = toParameters(closing.what);
  const request = formPost(closing.issuer, "/revoke", parameters);
  const reply = await send(net, { request, patience: closing.patience, signal });
  return reply.kind === "none" ? { kind: "failed", why: reply.outage.sentence } : parseCloseAnswer(reply, parameters["token"] ?? parameters["subject_token"] ?? "");
}
function objectionTo({ issuer, audience, what }) {
  const named = audience === void 0 ? [] : [audience];
  return what.kind === "token" ? void 0 : audienceObjection(what.idToken, { issuer, named });
}
function toParameters(what) {
  switch (what.kind) {
    case "token":
      return { token: what.token.reveal() };
    case "handle":
      return { subject_token: what.idToken.reveal(), handle: what.handle };
    case "job":
      return { subject_token: what.idToken.reveal(), handle: "*" };
  }
}
function parseCloseAnswer(received, secret) {
  const body = parseJsonObject(received.body);
  if (received.status === 200 && (received.body === "" || body !== void 0)) {
    return { kind: "closed" };
  }
  const refusal = parseRefusal(body, secret);
  return {
    kind: "failed",
    why: refusal ? `refused: ${refusal.code}` : notAnIssuer(received, "without an OAuth answer").sentence
  };
}

// src/receipt/ask.ts
var MAX_BYTES2 = 256 * 1024;
async function askForReceipt(net, asking, signal) {
  const objection = objectionTo2(asking);
  if (objection !== void 0) {
    return { kind: "none", why: objection };
  }
  const parameters = toParameters2(asking);
  const request = { ...formPost(asking.issuer, "/receipt", parameters), maxAnswerBytes: MAX_BYTES2 };
  const reply = await send(net, { request, patience: RECEIPT_PATIENCE, signal });
  if (reply.kind === "none") {
    return { kind: "none", why: reply.outage.sentence };
  }
  const body = parseJsonObject(reply.body);
  if (reply.status === 200 && body !== void 0 && textOf2(body, "payload") !== void 0) {
    return { kind: "received", envelope: reply.body };
  }
  const refusal = parseRefusal(body, parameters["token"] ?? parameters["subject_token"] ?? "");
  const why = refusal ? `refused: ${refusal.code}` : notAnIssuer(reply, "without a receipt").sentence;
  return { kind: "none", why };
}
function objectionTo2({ issuer, audience, by }) {
  const named = audience === void 0 ? [] : [audience];
  return by.kind === "holder" ? void 0 : audienceObjection(by.idToken, { issuer, named });
}
function toParameters2({ by, handle }) {
  switch (by.kind) {
    case "holder":
      return { token: by.token.reveal(), holder_verifier: by.holder.verifier.reveal() };
    case "run":
      return { subject_token: by.idToken.reveal(), handle };
  }
}

// src/receipt/key-set.ts
var import_node_crypto3 = require("node:crypto");
function parseKeySet(text) {
  const keys = objectsOf(parseJsonObject(text) ?? {}, "keys") ?? [];
  return new Map(keys.flatMap(usableKey));
}
function usableKey(jwk) {
  const kid = textOf2(jwk, "kid");
  const isOnP256 = jwk["kty"] === "EC" && jwk["crv"] === "P-256";
  const isForSignatures = isAbsentOr(jwk, "use", "sig") && isAbsentOr(jwk, "alg", "ES256");
  if (kid === void 0 || !isOnP256 || !isForSignatures || Object.hasOwn(jwk, "d")) {
    return [];
  }
  const key = publicKey(textOf2(jwk, "x") ?? "", textOf2(jwk, "y") ?? "");
  return key === void 0 ? [] : [[kid, key]];
}
function isAbsentOr(jwk, name, value) {
  return !Object.hasOwn(jwk, name) || jwk[name] === value;
}
function publicKey(x, y) {
  try {
    return (0, import_node_crypto3.createPublicKey)({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
  } catch {
    return void 0;
  }
}

// src/receipt/published-keys.ts
var ACCEPT = "application/jwk-set+json, application/json";
async function askForKeys(net, issuer, signal) {
  const url = new URL(`${issuer}/.well-known/jwks.json`);
  const request = { method: "GET", url, headers: { accept: ACCEPT }, body: "" };
  const reply = await send(net, { request, patience: KEYS_PATIENCE, signal });
  if (reply.kind === "none") {
    return { kind: "none", why: reply.outage.sentence };
  }
  const keys = parseKeySet(reply.body);
  return reply.status === 200 && keys.size > 0 ? { kind: "published", keys } : { kind: "none", why: notAnIssuer(reply, "without usable keys").sentence };
}

// src/receipt/envelope.ts
var import_node_crypto4 = require("node:crypto");

// src/base/repeated-names.ts
function hasRepeatedNames(json) {
  const open2 = [];
  for (const [token, name] of json.matchAll(TOKENS)) {
    if (token === "{" || token === "[") {
      open2.push(/* @__PURE__ */ new Set());
    } else if (token === "}" || token === "]") {
      open2.pop();
    } else if (name !== void 0) {
      const names = open2.at(-1);
      if (name.includes("\\") || names?.has(name)) {
        return true;
      }
      names?.add(name);
    }
  }
  return false;
}
var TOKENS = /[{}[\]]|"((?:[^"\\]|\\.)*)"\s*:|"(?:[^"\\]|\\.)*"/g;

// src/receipt/envelope.ts
var PAYLOAD_TYPE = "application/vnd.in-toto+json";
var NO_ENVELOPE = fault(
  "it is not a DSSE envelope: one JSON object with payloadType, payload and signatures, nothing else and nothing twice"
);
function parseEnvelope(text) {
  const envelope = parseJsonObject(text);
  if (!hasExactly(envelope, ["payloadType", "payload", "signatures"]) || hasRepeatedNames(text)) {
    return NO_ENVELOPE;
  }
  if (textOf2(envelope, "payloadType") !== PAYLOAD_TYPE) {
    return fault(`its payloadType is not ${PAYLOAD_TYPE}`);
  }
  const [signature, ...more] = objectsOf(envelope, "signatures") ?? [];
  if (signature === void 0 || more.length > 0) {
    return fault("it does not have exactly one signature, as a receipt has");
  }
  return hasExactly(signature, ["keyid", "sig"]) ? partsOf(envelope, signature) : NO_ENVELOPE;
}
function partsOf(envelope, signature) {
  const keyId = textOf2(signature, "keyid");
  const payload = base64Of(envelope, "payload");
  const sig = base64Of(signature, "sig");
  if (keyId === void 0) {
    return NO_ENVELOPE;
  }
  return payload === void 0 || sig === void 0 ? fault("its payload or its signature is not base64") : ok({ payload, keyId, signature: sig });
}
function isSignedBy({ payload, signature }, key) {
  return (0, import_node_crypto4.verify)("sha256", preAuthenticationEncoding(payload), { key, dsaEncoding: "der" }, signature);
}
function preAuthenticationEncoding(payload) {
  const head = `DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `;
  return Buffer.concat([Buffer.from(head, "ascii"), payload]);
}
function hasExactly(object, names) {
  return object !== void 0 && Object.keys(object).length === names.length && names.every((name) => Object.hasOwn(object, name));
}
function base64Of(object, name) {
  const text = textOf2(object, name);
  const bytes = Buffer.from(text ?? "", "base64");
  return bytes.toString("base64") === text ? bytes : void 0;
}

// src/receipt/statement.ts
var import_node_buffer = require("node:buffer");
var TYPE = "https://in-toto.io/Statement/v1";
var PREDICATE_TYPE = "https://taskbound.example/receipt/v1";
var TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;
function parseStatement(payload) {
  const text = (0, import_node_buffer.isUtf8)(payload) ? payload.toString("utf8") : "";
  const statement = parseJsonObject(text) ?? {};
  const predicate = objectOf(statement, "predicate");
  const isReceipt = textOf2(statement, "_type") === TYPE && textOf2(statement, "predicateType") === PREDICATE_TYPE;
  return predicate !== void 0 && isReceipt && !hasRepeatedNames(text) && namesAll(predicate) ? read(predicate) : void 0;
}
function read(predicate) {
  const issuer = textOf2(predicate, "issuer");
  const handle = textOf2(predicate, "jti");
  const useCount = wholeOf(predicate, "use_count");
  const uses = objectsOf(predicate, "uses")?.map(readUse);
  const ended = Object.hasOwn(predicate, "end");
  const end = readEnd(objectOf(predicate, "end") ?? {});
  const approvers = readApprovers(objectOf(predicate, "approval") ?? {});
  const keyThumbprint = textOf2(objectOf(predicate, "cnf") ?? {}, "jkt");
  if (Object.hasOwn(predicate, "cnf") !== (keyThumbprint !== void 0)) {
    return void 0;
  }
  if (Object.hasOwn(predicate, "approval") !== (approvers !== void 0)) {
    return void 0;
  }
  if (issuer === void 0 || handle === void 0 || useCount === void 0) {
    return void 0;
  }
  return uses?.every((use) => use !== void 0) && ended === (end !== void 0) ? { issuer, handle, keyThumbprint, useCount, uses, end, approvers } : void 0;
}
function readUse(use) {
  const at = timeOf(use, "at");
  const server = textOf2(use, "server");
  const action = textOf2(use, "action");
  return at === void 0 || server === void 0 || action === void 0 || !hasTexts(use, "identifier") ? void 0 : { at, server, action };
}
function readEnd(end) {
  const at = timeOf(end, "at");
  const cause = textOf2(end, "cause");
  const deadSince = Object.hasOwn(end, "dead_since") ? timeOf(end, "dead_since") : at;
  const by = textOf2(end, "by");
  return at === void 0 || cause === void 0 || deadSince === void 0 || by === void 0 ? void 0 : { at, cause, by };
}
function readApprovers(approval) {
  const decisions = objectsOf(approval, "decisions")?.map(readDecision);
  const isWhole = hasTexts(approval, "id") && timeOf(approval, "requested") !== void 0 && wholeOf(approval, "needed") !== void 0;
  return isWhole && decisions?.every((each) => each !== void 0) ? decisions.filter(({ decision }) => decision === "approve") : void 0;
}
function readDecision(json) {
  const decision = textOf2(json, "decision");
  const at = timeOf(json, "at");
  const provider = textOf2(json, "provider");
  const name = textOf2(json, "name");
  if (decision === void 0 || at === void 0 || provider === void 0 || name === void 0) {
    return void 0;
  }
  return hasTexts(json, "issuer", "person", "text_sha256") ? { decision, at, provider, name } : void 0;
}
function namesAll(predicate) {
  const policy = objectOf(predicate, "policy") ?? {};
  const permissions = objectsOf(predicate, "permissions");
  return hasTexts(predicate, "task", "state") && hasTexts(objectOf(predicate, "requester") ?? {}, "provider", "issuer", "subject", "run") && hasTexts(objectOf(predicate, "resource_server") ?? {}, "name") && hasTexts(policy, "hash") && wholeOf(policy, "version") !== void 0 && (permissions?.every((each) => hasTexts(each, "identifier") && hasList(each, "actions")) ?? false) && ["issued", "expires", "receipt_made"].every((name) => timeOf(predicate, name) !== void 0);
}
function hasTexts(object, ...names) {
  return names.every((name) => textOf2(object, name) !== void 0);
}
function hasList(object, name) {
  return Object.hasOwn(object, name) && textsOf(object, name) !== void 0;
}
function timeOf(object, name) {
  const text = textOf2(object, name) ?? "";
  return TIME.test(text) && !Number.isNaN(Date.parse(text)) ? text : void 0;
}

// src/receipt/verify.ts
function verifyReceipt(text, { issuer, handle, keys }) {
  const envelope = parseEnvelope(text);
  if (envelope.kind === "fault") {
    return envelope;
  }
  const { keyId, payload } = envelope.value;
  const key = keys.get(keyId);
  if (key === void 0) {
    return fault("none of the keys that the issuer publishes has its key id");
  }
  if (!isSignedBy(envelope.value, key)) {
    return fault("its signature does not verify: it was changed, or another key signed it");
  }
  const statement = parseStatement(payload);
  if (statement === void 0) {
    return fault("what was signed is not a receipt that this version knows");
  }
  const flaw = flawOf(statement, issuer, handle);
  return flaw === void 0 ? ok({ envelope: text.trim(), keyId, statement }) : fault(flaw);
}
function flawOf(statement, issuer, handle) {
  if (statement.handle !== handle) {
    return "it is the receipt of another token";
  }
  const named = statement.issuer.replace(/\/$/, "");
  return named === issuer ? void 0 : `it names another issuer: if ${printable(named)} is yours, write the input issuer like that`;
}

// src/receipt/obtain.ts
async function obtainReceipt(net, asking, signal) {
  const answer = await askForReceipt(net, asking, signal);
  if (answer.kind === "none") {
    return answer;
  }
  const published = await askForKeys(net, asking.issuer, signal);
  if (published.kind === "none") {
    return none2(`it came, and the issuer's keys to verify it did not: ${published.why}`);
  }
  const { issuer, handle } = asking;
  const verified = verifyReceipt(answer.envelope, { issuer, handle, keys: published.keys });
  return verified.kind === "ok" ? { kind: "verified", receipt: verified.value } : none2(`what came was not kept: ${verified.fault}`);
}
function none2(why) {
  return { kind: "none", why };
}

// src/settings/id-token-input.ts
var import_node_path5 = require("node:path");
var NO_PERMISSION = [
  "this job may not request ID tokens. Give the job (not only the step) these permissions:",
  "    permissions:",
  "      id-token: write",
  "      contents: read   # if it checks out the repository",
  "In a reusable workflow, the calling job must grant it too. A pull request from a fork never gets an ID token."
].join("\n");
function idTokenSource(inputs, env) {
  const name = inputs("id-token-env");
  const file = inputs("id-token-file");
  const script = inputs("id-token-command");
  if ([name, file, script].filter((text) => text !== "").length > 1) {
    return fault("id-token-env, id-token-file and id-token-command exclude each other: give one of them");
  }
  if (name !== "") {
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? ok({ kind: "variable", name }) : fault("id-token-env takes the name of a variable, not the ID token itself");
  }
  if (file !== "") {
    return ok({ kind: "file", path: (0, import_node_path5.resolve)(env["GITHUB_WORKSPACE"] || ".", file) });
  }
  return script === "" ? ofRunner(env) : ok({ kind: "command", script });
}
function ofRunner(env) {
  const url = env["ACTIONS_ID_TOKEN_REQUEST_URL"] ?? "";
  const requestToken = parseSecret("ID token", env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] ?? "");
  return URL.canParse(url) && requestToken ? ok({ kind: "runner", endpoint: { url: new URL(url), requestToken } }) : fault(NO_PERMISSION);
}

// src/token/fetch-id-token.ts
async function fetchIdToken(world, wanted) {
  const { source, ...how } = wanted;
  switch (source.kind) {
    case "runner":
      return askForIdToken(world.net, { endpoint: source.endpoint, ...how }, world.cancel.signal);
    case "variable": {
      const text = world.env[source.name] ?? "";
      return text === "" ? { kind: "failed", why: `the variable ${source.name} is not set` } : read2(text, `the variable ${source.name}`);
    }
    case "file": {
      const text = world.readText(source.path);
      return text === void 0 ? { kind: "failed", why: "the file of id-token-file cannot be read" } : read2(text, "the file of id-token-file");
    }
    case "command":
      return printed(world, source.script, wanted.audience);
  }
}
async function printed(world, script, audience) {
  const env = { ...world.env, TASKBOUND_AUDIENCE: audience };
  const { code, text } = await world.printedBy(script, env, world.cancel.signal);
  return code === 0 ? read2(text, "what id-token-command printed") : { kind: "failed", why: `id-token-command ended with exit code ${code}` };
}
function read2(text, what) {
  const idToken = parseSecret("ID token", text.trim());
  return idToken ? { kind: "signed", idToken } : { kind: "failed", why: `${what} holds no ID token` };
}

// src/credential/credential.ts
init_issuer_url();

// src/token/masks.ts
var MIN_LENGTH = 8;
function plainMasksOf(secret) {
  return distinct(plain2(secret.reveal()));
}
function plain2(token) {
  return [token, ...token.split(".")];
}
function distinct(texts) {
  return [...new Set(texts)].filter((text) => text.length >= MIN_LENGTH);
}

// src/token/close-with-id-token.ts
async function closeWithIdToken(world, where, toClose) {
  const signed = await freshIdToken(world, where);
  if (signed.kind === "failed") {
    return signed;
  }
  const closing = { ...where, what: toClose(signed.idToken), patience: CLOSING_PATIENCE };
  return close(world.net, closing, world.cancel.signal);
}
async function receiptWithIdToken(world, where, handle) {
  const signed = await freshIdToken(world, where);
  if (signed.kind === "failed") {
    return { kind: "none", why: signed.why };
  }
  const by = { kind: "run", idToken: signed.idToken };
  return obtainReceipt(world.net, { ...where, handle, by }, world.cancel.signal);
}
async function freshIdToken(world, where) {
  const source = idTokenSource(inputsOf(world.env), world.env);
  if (source.kind === "fault") {
    return { kind: "failed", why: "this job may not request ID tokens" };
  }
  const wanted = { source: source.value, audience: where.audience, patience: CLOSING_PATIENCE };
  const signed = await fetchIdToken(world, wanted);
  if (signed.kind === "failed") {
    return { kind: "failed", why: `no ID token: ${signed.why}` };
  }
  world.log.mask(plainMasksOf(signed.idToken));
  return { kind: "signed", idToken: signed.idToken };
}

// src/life/warn-on-error.ts
function warnOnError(log, what, act) {
  try {
    act();
  } catch (fault2) {
    const code = fault2 instanceof Error && "code" in fault2 ? ` (${String(fault2.code)})` : "";
    log.warn([`${what}${code}`]);
  }
}

// src/life/conclude.ts
function sayEnd(log, ended) {
  switch (ended.outcome.kind) {
    case "closed":
      log.say(closedText(ended));
      break;
    case "already-dead":
      log.say(alreadyDeadText(ended.handle));
      break;
    case "failed":
      log.warn(closeFailedText({ ...ended, why: ended.outcome.why }));
      break;
  }
}
function endText(ended) {
  switch (ended.outcome.kind) {
    case "closed":
      return endedBy(ended.by);
    case "already-dead":
      return "nobody: it was already dead (used up, lapsed or expired)";
    case "failed":
      return `nobody: ${ended.outcome.why}`;
  }
}

// src/text/end-text.ts
function endText2(end) {
  return printable(words(end));
}
function words({ cause, by }) {
  switch (cause) {
    case "holder":
      return "closed by its holder";
    case "handle":
      return "closed by its run, by its handle";
    case "job":
      return "closed with its job";
    case "run":
      return "closed with its run";
    case "run_closed":
      return "closed at once: its run had been closed";
    case "hook":
      return "closed because the CI system said that its run or job ended";
    case "window":
      return by === "policy" ? "closed by a new version of the policy, which had ended its change window" : "its change window ended";
    case "spent":
      return `used up: ${by} redeemed its last use`;
    case "lapsed":
      return "lapsed: no heartbeat came in time";
    case "expired":
      return "expired: nobody closed it";
    case "administrator":
      return "revoked by an administrator";
    case "denied":
      return "revoked by the deny list";
    default:
      return `${cause}, by ${by}`;
  }
}

// src/text/receipt-facts.ts
function receiptFacts({ statement, keyId }) {
  return [
    ...(statement.approvers ?? []).map(
      ({ at, ...who }) => ["approved by", `${approverText(who)}, at ${at}`]
    ),
    ...statement.keyThumbprint === void 0 ? [] : [["bound to", `the key ${printable(statement.keyThumbprint)}`]],
    ["redeemed", redeemed(statement)],
    ["ended", statement.end === void 0 ? "not yet" : `${endText2(statement.end)}, at ${statement.end.at}`],
    ["signature", `valid, by key ${printable(keyId)}`]
  ];
}
function approverText({ name, provider }) {
  return printable(`${name} (${provider})`);
}
function redeemed({ useCount, uses }) {
  const last = uses.at(-1);
  if (useCount === 0 || last === void 0) {
    return useCount === 0 ? "never" : `${useCount} times`;
  }
  const use = `${last.action} by ${last.server} at ${last.at}`;
  if (useCount === 1) {
    return `once: ${use}`;
  }
  const which = useCount === uses.length ? "last" : `number ${uses.length}`;
  return `${useCount} times: ${use} (${which})`;
}

// src/life/keep-receipt.ts
function keepReceipt({ log, writeText }, { file, handle }, answer) {
  if (answer.kind === "none") {
    log.warn([
      `no receipt in ${file} (${answer.why}); the step is as it was`,
      `the issuer's operator can get it: taskbound receipt ${handle}`
    ]);
    return void 0;
  }
  const { receipt } = answer;
  let kept;
  warnOnError(log, `no receipt in ${file}: it could not be written`, () => {
    writeText(file, `${receipt.envelope}
`);
    log.say([`the receipt is in ${file}`]);
    kept = {
      file,
      facts: [...receiptFacts(receipt), ["receipt", file]],
      approvedBy: receipt.statement.approvers?.map(approverText).join(", ")
    };
  });
  return kept;
}

// src/life/post-part.ts
async function postPart(world) {
  const state = parseSavedState(world.env[STATE_VARIABLE]);
  switch (state?.phase) {
    case void 0:
    case "done":
      return;
    case "minting":
      removeFiles(world, state.folder);
      return closeWhatMayBe(world, state.issuer);
    case "held":
      removeFiles(world, state.folder);
      return closeHeld(world, state);
  }
}
async function closeWhatMayBe(world, issuer) {
  const answer = await closeWithIdToken(world, whereOf(world.env, issuer), (idToken) => ({
    kind: "job",
    idToken
  }));
  if (answer.kind === "closed") {
    world.log.say(["the step was stopped while it requested a token: every token of this job was closed"]);
  } else {
    world.log.warn([
      `the step was stopped while it requested a token, and any token it was granted could not be closed (${answer.why})`,
      "nobody holds it; it dies when its lease lapses"
    ]);
  }
}
async function closeHeld(world, state) {
  const { handle, expiresAt } = state;
  const outcome = await outcomeOf(world, state);
  if (outcome.kind === "already-dead") {
    world.log.say(world.closedNotes.has(handle) ? closedEarlierText(handle) : alreadyDeadText(handle));
    return;
  }
  const livedMs = Math.min(world.net.now(), expiresAt) - state.grantedAt;
  const ended = { handle, by: "post", outcome, expiresAt, livedMs };
  sayEnd(world.log, ended);
  const told = await receiptOf(world, state);
  world.files.addSummary(
    summaryMarkdown({
      task: state.task,
      details: [],
      facts: [
        ["granted", isoSeconds(state.grantedAt)],
        ["lived", livedText(livedMs)],
        ["closed by", endText(ended)],
        ...told,
        ["handle", handle]
      ]
    })
  );
}
async function receiptOf(world, { issuer, handle }) {
  const file = receiptFile(world.env);
  const where = whereOf(world.env, issuer);
  const kept = file === void 0 ? void 0 : keepReceipt(world, { file, handle }, await receiptWithIdToken(world, where, handle));
  return kept?.facts ?? [];
}
async function outcomeOf(world, state) {
  const where = whereOf(world.env, state.issuer);
  const answer = await closeWithIdToken(world, where, (idToken) => ({
    kind: "handle",
    handle: state.handle,
    idToken
  }));
  const wasDead = world.closedNotes.has(state.handle) || world.net.now() >= state.expiresAt;
  return answer.kind === "closed" && wasDead ? { kind: "already-dead" } : answer;
}
function whereOf(env, saved) {
  const inputs = inputsOf(env);
  const issuer = isIssuerWritten(inputs) ? issuerUrl(inputs, env) : void 0;
  const audience = issuer?.kind === "ok" ? audienceFor(issuer.value, inputs) : void 0;
  return issuer?.kind === "ok" && audience?.kind === "ok" ? { issuer: issuer.value, audience: audience.value } : { issuer: saved, audience: saved };
}
function removeFiles(world, folder) {
  if (folder !== void 0) {
    warnOnError(world.log, "the files of the step could not be removed", () => world.removeFolder(folder));
  }
}

// src/post.ts
run(async (world) => {
  await postPart(world);
  return 0;
});
