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
  return list.toLowerCase().split(/[\s,]+/).filter((entry2) => entry2 !== "").map((entry2) => withoutPort(entry2, port)).some((entry2) => entry2 === "*" || ((0, import_node_net.isIP)(address) > 0 ? isAmong(address, entry2) : isBelow(host, entry2)));
}
function withoutPort(entry2, port) {
  const name = entry2.endsWith(port) ? entry2.slice(0, -port.length) : entry2;
  return name.includes(":") && !name.endsWith("]") ? entry2 : name;
}
function isBelow(host, entry2) {
  const name = withoutDot(entry2.replace(/^\*?\./, ""));
  return name !== "" && (host === name || host.endsWith(`.${name}`));
}
function isAmong(address, entry2) {
  const [network = "", bits, ...more] = entry2.split("/");
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
  return new Promise((resolve5, reject) => {
    const asked2 = requestTo(proxy)({
      ...addressOf(proxy),
      method: "CONNECT",
      path: target,
      headers: { host: target, ...credentials(proxy) },
      agent: false,
      timeout: 5e3,
      signal
    });
    asked2.once("connect", (answer2, socket) => {
      const status = answer2.statusCode ?? 0;
      if (status >= 200 && status < 300) {
        resolve5(socket);
        return;
      }
      socket.destroy();
      if (status === 407) {
        resolve5("login");
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
  const ended = new Promise((resolve5) => {
    child.once("exit", (code, signal) => resolve5(code ?? 128 + signalNumber(signal)));
    child.once("error", (fault2) => resolve5(codeOf(fault2)));
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
  return new Promise((resolve5) => {
    const end = (code) => {
      signal.removeEventListener("abort", stop);
      resolve5({ code, text: Buffer.concat(chunks).toString("utf8") });
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
  return new Promise((resolve5) => {
    const connection = watchConnection(sent);
    const connecting = setTimeout(() => connection.isOpen() || end({ kind: "refused" }), CONNECT_TIMEOUT_MS);
    const whole = setTimeout(() => end({ kind: "lost", what: "no whole answer in time" }), request.timeoutMs);
    const end = (outcome) => {
      clearTimeout(connecting);
      clearTimeout(whole);
      signal.removeEventListener("abort", abort);
      sent.destroy();
      resolve5(outcome);
    };
    const abort = () => end({ kind: connection.isOpen() ? "aborted" : "refused" });
    sent.on("error", (fault2) => end(faultOf2(fault2, connection.isOpen())));
    sent.on("response", (answer2) => collect(answer2, request.maxAnswerBytes ?? MAX_ANSWER_BYTES, end));
    if (signal.aborted) {
      abort();
    } else {
      signal.addEventListener("abort", abort);
      sent.end(request.body);
    }
  });
}
function collect(answer2, most, end) {
  const chunks = [];
  let length = 0;
  answer2.on("data", (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > most) {
      end({ kind: "large", maxBytes: most });
    }
  });
  answer2.on("error", () => end({ kind: "lost", what: "no whole answer (connection broken)" }));
  answer2.on("aborted", () => end({ kind: "lost", what: "no whole answer (connection broken)" }));
  answer2.on("end", () => {
    if (answer2.statusCode === 407) {
      end({ kind: "proxy-login" });
    }
    const retryAfter = answer2.headers["retry-after"];
    end({
      kind: "answer",
      status: answer2.statusCode ?? 0,
      retryAfter,
      body: Buffer.concat(chunks).toString("utf8"),
      nonce: nonceOf(answer2)
    });
  });
}
function nonceOf(answer2) {
  const nonce = answer2.headers["dpop-nonce"];
  return typeof nonce === "string" ? nonce : void 0;
}
function watchConnection(sent) {
  let open3 = false;
  sent.on("socket", (socket) => {
    socket.once("encrypted" in socket ? "secureConnect" : "connect", () => {
      open3 = true;
    });
  });
  return { isOpen: () => open3 };
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
  let open3 = "never";
  const put = (lines, isCommand) => {
    const fresh = open3 === "always" || open3 === "once" && isCommand;
    write((fresh ? eol : "") + lines.map((line) => line + eol).join(""));
    open3 = open3 === "always" ? "always" : "never";
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
      for (const some of open3 === "always" ? inPieces(lines) : [lines]) {
        put(some, true);
      }
    },
    commandStarts: () => {
      open3 = "always";
    },
    commandEnds: () => {
      open3 = "once";
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
  let left2 = 0;
  for (const line of lines.filter(({ length }) => length < PIECE)) {
    if (line.length >= left2) {
      pieces.push([]);
      left2 = PIECE;
    }
    pieces.at(-1)?.push(line);
    left2 -= line.length + 2;
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
var CANCEL_GRACE_MS = 6500;
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
  let resolve5 = () => {
  };
  const promise = new Promise((done) => {
    resolve5 = done;
  });
  return { promise, resolve: resolve5 };
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

// src/issuer/holder.ts
var import_node_crypto3 = require("node:crypto");

// src/issuer/secret.ts
var import_node_util = require("node:util");
var MAX_LENGTH = 16 * 1024;
function parseSecret(kind, text) {
  if (text === "" || text.length > MAX_LENGTH || !/^[\x21-\x7e]*$/.test(text)) {
    return void 0;
  }
  const shown4 = () => `[${kind}]`;
  const secret = { reveal: () => text, toString: shown4, toJSON: shown4, [import_node_util.inspect.custom]: shown4 };
  return secret;
}

// src/issuer/holder.ts
function newHolder() {
  return holderOf((0, import_node_crypto3.randomBytes)(32).toString("base64url"));
}
function holderOf(text) {
  const verifier = parseSecret("holder verifier", text);
  if (verifier === void 0) {
    throw new Error("no verifier");
  }
  return { verifier, challenge: (0, import_node_crypto3.createHash)("sha256").update(text, "ascii").digest("base64url") };
}

// src/issuer/proof-key.ts
var import_node_crypto4 = require("node:crypto");
var NONCE = /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/;
var COORDINATE_BYTES = 32;
function newProofKey(now) {
  const { publicKey: publicKey2, privateKey } = (0, import_node_crypto4.generateKeyPairSync)("ec", { namedCurve: "P-256" });
  const { x, y } = coordinates(publicKey2);
  const header = encoded({ typ: "dpop+jwt", alg: "ES256", jwk: { kty: "EC", crv: "P-256", x, y } });
  const thumbprint = sha2562(JSON.stringify({ crv: "P-256", kty: "EC", x, y }));
  let nonce;
  return {
    thumbprint,
    proof: ({ method, url, token }) => {
      const claims = {
        jti: (0, import_node_crypto4.randomBytes)(16).toString("base64url"),
        htm: method,
        htu: url.replace(/[?#].*$/s, ""),
        iat: Math.floor(now() / 1e3),
        ...nonce !== void 0 && { nonce },
        ...token !== void 0 && { ath: sha2562(token.reveal()) }
      };
      const signed = `${header}.${encoded(claims)}`;
      const signature = (0, import_node_crypto4.sign)("sha256", Buffer.from(signed, "ascii"), {
        key: privateKey,
        dsaEncoding: "ieee-p1363"
      });
      return `${signed}.${signature.toString("base64url")}`;
    },
    heard: (value) => {
      nonce = value !== void 0 && NONCE.test(value) ? value : nonce;
    }
  };
}
function coordinates(publicKey2) {
  const point = publicKey2.export({ type: "spki", format: "der" }).subarray(-2 * COORDINATE_BYTES);
  return {
    x: point.subarray(0, COORDINATE_BYTES).toString("base64url"),
    y: point.subarray(COORDINATE_BYTES).toString("base64url")
  };
}
function encoded(value) {
  return Buffer.from(JSON.stringify(value), "utf8").toString("base64url");
}
function sha2562(text) {
  return (0, import_node_crypto4.createHash)("sha256").update(text, "utf8").digest("base64url");
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
function scalarOf(object, name) {
  const value = own(object, name);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : void 0;
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
function saveState(files, state) {
  files.saveState(NAME, JSON.stringify(state));
}
function scopeOf(text) {
  return text === "step" || text === "until-closed" || text === "job" ? text : void 0;
}

// src/settings/inputs.ts
function inputsOf(env) {
  return (name) => rawInput(env, name).trim();
}
var INPUT_NAMES = [
  "task",
  "identifier",
  "action",
  "details",
  "run",
  "shell",
  "working-directory",
  "scope",
  "issuer",
  "lifetime",
  "lease",
  "id-token-audience",
  "id-token-env",
  "id-token-file",
  "id-token-command",
  "dry-run",
  "pass-id-token",
  "receipt",
  "approval-wait",
  "inject"
];
function inputVariable(name) {
  return `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`;
}
function rawInput(env, name) {
  return env[inputVariable(name)] ?? "";
}

// src/settings/main-settings.ts
var import_node_path6 = require("node:path");

// src/base/checked.ts
function ok(value) {
  return { kind: "ok", value };
}
function fault(sentence) {
  return { kind: "fault", fault: sentence };
}
function faultsOf(settings) {
  return settings.flatMap((setting) => setting.kind === "fault" ? [setting.fault] : []);
}

// src/command/shell.ts
var BUILT_IN = {
  bash: {
    args: ["--noprofile", "--norc", "-e", "-o", "pipefail", "{0}"],
    extension: ".sh",
    dialect: "posix"
  },
  sh: { args: ["-e", "{0}"], extension: ".sh", dialect: "posix" },
  pwsh: { args: ["-command", ". '{0}'"], extension: ".ps1", dialect: "powershell" },
  powershell: { args: ["-command", ". '{0}'"], extension: ".ps1", dialect: "powershell" },
  cmd: { args: ["/D", "/E:ON", "/V:OFF", "/S", "/C", '"CALL "{0}""'], extension: ".cmd", dialect: "cmd" },
  python: { args: ["{0}"], extension: ".py", dialect: "other" }
};
var CHOICES = "shell must be bash, sh, pwsh, powershell, cmd, python, or a command with {0} where the script goes";
function shellFor(input, machine) {
  return input === "" ? unnamed(machine) : named(input, machine.which);
}
function named(input, which) {
  const [command = "", ...args] = wordsOf(input);
  const builtIn = builtInOf(command) ?? { args: [], extension: "", dialect: "other" };
  const shell = args.length > 0 ? { ...builtIn, args } : builtIn;
  if (!shell.args.some((arg) => arg.includes("{0}"))) {
    return fault(CHOICES);
  }
  const executable = which(command);
  return executable === void 0 ? fault(`shell ${command} was not found on this runner`) : ok({ ...shell, executable });
}
function unnamed(machine) {
  const [wanted, instead] = machine.platform === "win32" ? ["pwsh", "powershell"] : ["bash -e {0}", "sh"];
  const first = named(wanted, machine.which);
  return first.kind === "ok" ? first : named(instead, machine.which);
}
function builtInOf(command) {
  const name = command.toLowerCase();
  return Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : void 0;
}
function wordsOf(text) {
  const words2 = text.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  return words2.map((word) => word.replaceAll('"', ""));
}
function argumentsFor(shell, script) {
  const path = shell.dialect === "powershell" ? script.replaceAll("'", "''") : script;
  return shell.args.map((arg) => arg.replaceAll("{0}", () => path));
}

// src/settings/duration.ts
var SECONDS = { s: 1, m: 60, h: 3600 };
var AN_HOUR = { seconds: 3600, text: "1h" };
function durationSeconds(name, text, most = AN_HOUR) {
  const [, amount, unit] = /^([1-9]\d{0,4})([smh])$/.exec(text) ?? [];
  const seconds = Number(amount) * (SECONDS[unit ?? ""] ?? 0);
  return seconds >= 1 && seconds <= most.seconds ? ok(seconds) : fault(`${name} must be a duration such as 90s or 10m, at most ${most.text}`);
}

// src/settings/approval-wait-input.ts
var DAY_SECONDS = 86400;
function approvalWait(inputs) {
  const text = inputs("approval-wait");
  if (text === "") {
    return ok(void 0);
  }
  return text === "0" ? ok(0) : durationSeconds("approval-wait", text, { seconds: DAY_SECONDS, text: "24h, or 0 to not wait" });
}

// src/settings/id-token-input.ts
var import_node_path4 = require("node:path");
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
    return ok({ kind: "file", path: (0, import_node_path4.resolve)(env["GITHUB_WORKSPACE"] || ".", file) });
  }
  return script === "" ? ofRunner(env) : ok({ kind: "command", script });
}
function ofRunner(env) {
  const url = env["ACTIONS_ID_TOKEN_REQUEST_URL"] ?? "";
  const requestToken2 = parseSecret("ID token", env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] ?? "");
  return URL.canParse(url) && requestToken2 ? ok({ kind: "runner", endpoint: { url: new URL(url), requestToken: requestToken2 } }) : fault(NO_PERMISSION);
}

// src/base/plain-path.ts
var SIGNS = /^\/[A-Za-z0-9._~@+=,:/-]*$/;
var ONLY_DOTS = /(^|[/:@+=,])\.+([/:@+=,]|$)/;
var TRAILING_DOT = /\.(\/|$)/;
function isPlainPath(path) {
  return SIGNS.test(path) && !path.includes("//") && !ONLY_DOTS.test(path) && !TRAILING_DOT.test(path);
}
var NAME2 = /^[A-Za-z0-9._~-]+$/;
var VALUE = /^([A-Za-z0-9._~!$'()*,:@/?+=-]|%([2-6][0-9A-Fa-f]|7[0-9A-Ea-e]|[89A-Fa-f][0-9A-Fa-f]))*$/;
function isPlainQuery(query) {
  const parameters2 = query === "" ? [] : query.split("&").map((parameter) => split(parameter));
  const names = parameters2.map(({ name }) => name);
  return parameters2.every(({ name, value }) => NAME2.test(name) && VALUE.test(value)) && new Set(names).size === names.length && !names.some((name) => name.replaceAll(".", "_").toLowerCase() === "_method");
}
function split(parameter) {
  const at = parameter.indexOf("=");
  return at < 0 ? { name: parameter, value: "" } : { name: parameter.slice(0, at), value: parameter.slice(at + 1) };
}

// src/settings/inject-input.ts
init_issuer_url();
function injected(inputs) {
  const text = inputs("inject");
  if (text === "") {
    return ok(void 0);
  }
  const parsed = parseIssuerUrl(text);
  if (parsed.kind === "fault") {
    return fault(`inject ${parsed.why}`);
  }
  const path = parsed.url.replace(/^https?:\/\/[^/]*/i, "");
  return path === "" || isPlainPath(path) ? ok(parsed.url) : fault("inject must have a path of letters, digits and ._~@+=,:-/ alone, or none");
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

// src/settings/proxy-setting.ts
init_proxy();
function usableProxies(urls, env) {
  const whys = urls.filter((url) => URL.canParse(url)).flatMap((url) => whyNot(new URL(url), env));
  const [first] = whys;
  return first === void 0 ? ok(true) : fault(first);
}
function whyNot(url, env) {
  const choice = proxyFor(url, env);
  return choice.kind === "fault" ? [choice.why] : [];
}

// src/settings/receipt-input.ts
var import_node_path5 = require("node:path");
function receiptFile(env) {
  const inputs = inputsOf(env);
  const path = inputs("receipt");
  return path === "" ? void 0 : (0, import_node_path5.resolve)(env["GITHUB_WORKSPACE"] || ".", path);
}

// src/issuer/identifier.ts
var IDENTIFIER_RULE = "one concrete target: 1 to 512 letters, digits and ._~@+=,/:- without // and without a part that is only dots";
var MAX_LENGTH2 = 512;
function identifierFault(text) {
  if (text === "") {
    return "is empty";
  }
  if (text.length > MAX_LENGTH2) {
    return `is longer than ${MAX_LENGTH2} characters`;
  }
  const foreign = /[^A-Za-z0-9._~@+=,/:-]/u.exec(text)?.[0];
  if (foreign !== void 0) {
    return `has the character ${shown(foreign)}`;
  }
  if (text.includes("//")) {
    return "has //";
  }
  return /(^|[/:@+=,])[.]+([/:@+=,]|$)/.test(text) ? "has a part that is only dots" : void 0;
}
function shown(character) {
  const code = character.codePointAt(0) ?? 0;
  return code > 32 && code < 127 ? `'${character}'` : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

// src/settings/task-input.ts
var MAX_DETAILS = 8;
var MEMBERS = ["type", "task", "actions", "locations", "identifier"];
function taskDetails(inputs) {
  const task = inputs("task");
  if (task === "") {
    return fault("task is missing: give the name of a task in the policy");
  }
  if (!/^[a-z0-9-]{1,32}$/.test(task)) {
    return fault("task must be 1 to 32 characters from a-z, 0-9 and -");
  }
  return inputs("details") === "" ? oneDetail(task, inputs) : severalDetails(task, inputs);
}
function oneDetail(task, inputs) {
  const identifier = inputs("identifier");
  if (identifier === "") {
    return fault(
      "identifier is missing: give the target of the task, such as artifact:acme/shop/app.jar@sha256:…"
    );
  }
  const actions = inputs("action").split(/[\s,]+/).filter((action) => action !== "");
  const wrong2 = identifierFault(identifier);
  return wrong2 === void 0 ? ok([{ task, actions, locations: [], identifier }]) : fault(`identifier ${wrong2}; it must be ${IDENTIFIER_RULE}`);
}
function severalDetails(task, inputs) {
  if (inputs("action") !== "" || inputs("identifier") !== "") {
    return fault("details replaces action and identifier: put them into its objects");
  }
  const items = parseJson(inputs("details"));
  if (!Array.isArray(items) || items.length < 1 || items.length > MAX_DETAILS) {
    return fault(`details must be a JSON array of 1 to ${MAX_DETAILS} objects`);
  }
  const wrong2 = items.flatMap((item) => faultOfIdentifier(asObject(item)) ?? [])[0];
  if (wrong2 !== void 0) {
    return fault(`an identifier in details ${wrong2}; it must be ${IDENTIFIER_RULE}`);
  }
  const details = items.flatMap((item) => parseDetail(task, asObject(item)) ?? []);
  return details.length === items.length ? ok(details) : fault("each object in details needs an identifier and may have actions and locations (arrays)");
}
function faultOfIdentifier(object) {
  const identifier = object && textOf2(object, "identifier");
  return identifier === void 0 ? void 0 : identifierFault(identifier);
}
function parseDetail(task, object) {
  if (object === void 0 || !Object.keys(object).every((name) => MEMBERS.includes(name))) {
    return void 0;
  }
  const identifier = textOf2(object, "identifier") ?? "";
  const actions = textsOf(object, "actions");
  const locations = textsOf(object, "locations");
  const isSameTask = says(object, "task", task) && says(object, "type", "task");
  return isSameTask && identifierFault(identifier) === void 0 && actions && locations ? { task, actions, locations, identifier } : void 0;
}
function says(object, name, value) {
  return !Object.hasOwn(object, name) || object[name] === value;
}

// src/settings/main-settings.ts
var DEFAULT_LEASE_SECONDS = 60;
var THREE_CHOICES = [
  "run is missing. There are three ways to use a token:",
  "  run: <command>         only the command gets it, and it is dead before the next step (recommended)",
  "  scope: until-closed    later steps get the output token, until a step with the action close ends it",
  "  scope: job             every later step of the job, whoever wrote it, can read the output token"
].join("\n");
function parseMainSettings(env, machine) {
  const inputs = inputsOf(env);
  const issuer = issuerUrl(inputs, env);
  const audience = audienceFor(issuer.kind === "ok" ? issuer.value : "", inputs);
  const source = idTokenSource(inputs, env);
  const details = taskDetails(inputs);
  const lifetime = optionalDuration(inputs, "lifetime");
  const lease = optionalDuration(inputs, "lease");
  const wait = approvalWait(inputs);
  const dryRun = flag(inputs, "dry-run");
  const rehearsed = dryRun.kind === "ok" && dryRun.value;
  const use = parseUse(inputs, env, machine, rehearsed);
  const endpoint = source.kind === "ok" && source.value.kind === "runner" ? source.value.endpoint.url.href : "";
  const proxies = usableProxies([issuer.kind === "ok" ? issuer.value : "", endpoint], env);
  const faults = faultsOf([issuer, audience, details, use, lifetime, lease, wait, dryRun, source, proxies]);
  if (issuer.kind !== "ok" || audience.kind !== "ok" || source.kind !== "ok" || proxies.kind !== "ok") {
    return fault(faults.join("\n"));
  }
  if (details.kind !== "ok" || use.kind !== "ok") {
    return fault(faults.join("\n"));
  }
  if (lifetime.kind !== "ok" || lease.kind !== "ok" || wait.kind !== "ok" || dryRun.kind !== "ok") {
    return fault(faults.join("\n"));
  }
  const usualLease = use.value.kind === "command" ? DEFAULT_LEASE_SECONDS : void 0;
  return ok({
    use: use.value,
    wish: {
      issuer: issuer.value,
      audience: audience.value,
      source: source.value,
      details: details.value,
      lifetimeSeconds: lifetime.value,
      leaseSeconds: lease.value ?? usualLease,
      dryRun: dryRun.value,
      approvalWaitSeconds: wait.value
    }
  });
}
function parseUse(inputs, env, machine, rehearsed) {
  const hasCommand = inputs("run") !== "";
  const scope = scopeOf(inputs("scope") || "step");
  switch (scope) {
    case void 0:
      return fault("scope must be step, until-closed or job");
    case "step":
      if (hasCommand) {
        return parseCommand(inputs, env, machine);
      }
      if (inputs("inject") !== "") {
        return fault(
          "inject needs run: without a command of its own the action ends before anything could be injected"
        );
      }
      return rehearsed ? ok({ kind: "nothing" }) : fault(THREE_CHOICES);
    case "until-closed":
    case "job":
      if (inputs("inject") !== "") {
        return fault(`inject needs run and scope: step; remove inject or scope: ${scope}`);
      }
      return hasCommand ? fault(`run needs scope: step, the default; remove run or scope: ${scope}`) : ok({ kind: "output", scope });
  }
}
function parseCommand(inputs, env, machine) {
  const shell = shellFor(inputs("shell"), machine);
  const cwd = (0, import_node_path6.resolve)(env["GITHUB_WORKSPACE"] || ".", inputs("working-directory"));
  const folder = machine.isFolder(cwd) ? ok(cwd) : fault("working-directory is not a folder on this runner");
  const passIdToken = flag(inputs, "pass-id-token");
  const inject = injected(inputs);
  if (shell.kind !== "ok" || folder.kind !== "ok" || passIdToken.kind !== "ok" || inject.kind !== "ok") {
    return fault(faultsOf([shell, folder, passIdToken, inject]).join("\n"));
  }
  const script = rawInput(env, "run");
  return ok({
    kind: "command",
    command: {
      script,
      shell: shell.value,
      cwd,
      passIdToken: passIdToken.value,
      receipt: receiptFile(env),
      inject: inject.value
    }
  });
}
function optionalDuration(inputs, name) {
  const text = inputs(name);
  return text === "" ? ok(void 0) : durationSeconds(name, text);
}
function flag(inputs, name) {
  const text = inputs(name) || "false";
  return text === "true" || text === "false" ? ok(text === "true") : fault(`${name} must be true or false`);
}

// src/base/printable.ts
var MAX_LENGTH3 = 512;
function printable(text) {
  return text.length <= MAX_LENGTH3 ? escaped(text) : `${escaped(text.slice(0, MAX_LENGTH3))}...`;
}
function quoted(text) {
  return `"${escaped(text.replaceAll("\\", "\\\\").replaceAll('"', '\\"'))}"`;
}
function isUnfitForARule(text) {
  return text.length > MAX_LENGTH3 || /[*{}]/.test(text);
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
var HURRIED_PATIENCE = {
  attempts: 3,
  deadlineMs: 6e3,
  tryTimeoutMs: 3e3,
  firstPauseMs: 200,
  longestPauseMs: 800
};
function heartbeatPatience(leaseMs) {
  return {
    attempts: 10,
    deadlineMs: leaseMs / 2,
    tryTimeoutMs: leaseMs / 6,
    firstPauseMs: leaseMs / 24,
    longestPauseMs: leaseMs / 6
  };
}
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
function pauseBeforeNext(net, { patience, again: again2 = isWorthRepeating }, latest, at) {
  if (!again2(latest.outcome)) {
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
function idTokenIn(answer2) {
  const body = parseJsonObject(answer2.body);
  return answer2.status === 200 ? parseSecret("ID token", (body && textOf2(body, "value")) ?? "") : void 0;
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

// src/token/fetch-id-token.ts
async function fetchIdToken(world, wanted) {
  const { source, ...how } = wanted;
  switch (source.kind) {
    case "runner":
      return askForIdToken(world.net, { endpoint: source.endpoint, ...how }, world.cancel.signal);
    case "variable": {
      const text = world.env[source.name] ?? "";
      return text === "" ? { kind: "failed", why: `the variable ${source.name} is not set` } : read(text, `the variable ${source.name}`);
    }
    case "file": {
      const text = world.readText(source.path);
      return text === void 0 ? { kind: "failed", why: "the file of id-token-file cannot be read" } : read(text, "the file of id-token-file");
    }
    case "command":
      return printed(world, source.script, wanted.audience);
  }
}
async function printed(world, script, audience) {
  const env = { ...world.env, TASKBOUND_AUDIENCE: audience };
  const { code, text } = await world.printedBy(script, env, world.cancel.signal);
  return code === 0 ? read(text, "what id-token-command printed") : { kind: "failed", why: `id-token-command ended with exit code ${code}` };
}
function read(text, what) {
  const idToken = parseSecret("ID token", text.trim());
  return idToken ? { kind: "signed", idToken } : { kind: "failed", why: `${what} holds no ID token` };
}

// src/credential/credential.ts
init_issuer_url();
var KINDS = ["github-app", "aws-role", "openbao"];
function secretsOf(credential) {
  switch (credential.kind) {
    case "github-app":
    case "openbao":
      return [credential.token];
    case "aws-role":
      return [credential.accessKeyId, credential.secretAccessKey, credential.sessionToken];
  }
}
function credentialKind(wire) {
  return KINDS.find((kind) => kind === wire);
}
function parseCredential(body, granted) {
  try {
    if (textOf2(body, "kind") !== granted) {
      throw new Unusable("kind is not the granted one");
    }
    return ok(byKind(body, granted));
  } catch (no) {
    if (no instanceof Unusable) {
      return fault(no.message);
    }
    throw no;
  }
}
var Unusable = class extends Error {
};
function byKind(body, granted) {
  const values = objectOf(body, "credential");
  if (values === void 0) {
    throw missing("credential");
  }
  switch (granted) {
    case "github-app":
      return {
        kind: granted,
        token: secretOf(values, "token"),
        serverUrl: originOf(body, "server_url"),
        apiUrl: urlOf(body, "api_url"),
        repositories: repositoriesOf(body),
        permissions: permissionsOf(body),
        ...commonOf(body)
      };
    case "aws-role":
      return {
        kind: granted,
        accessKeyId: secretOf(values, "access_key_id", KEY_ID),
        secretAccessKey: secretOf(values, "secret_access_key"),
        sessionToken: secretOf(values, "session_token"),
        roleArn: checked("role_arn", textOf2(body, "role_arn"), TEXT),
        region: optional(body, "region", REGION),
        ...commonOf(body)
      };
    case "openbao":
      return {
        kind: granted,
        token: secretOf(values, "token"),
        address: urlOf(body, "address"),
        namespace: optional(body, "namespace", TEXT),
        ...commonOf(body)
      };
  }
}
var KEY_ID = /^\w{16,128}$/;
var SECRET = /^[!-~]{1,16384}$/;
var TEXT = /^[!-~]{1,2048}$/;
var REGION = /^[a-z0-9-]{1,64}$/;
var REPOSITORY = /^[A-Za-z0-9_.-]{1,100}\/[A-Za-z0-9_.-]{1,100}$/;
var PERMISSION = /^[a-z_]{1,64}$/;
var LEVEL = /^(read|write|admin)$/;
var LAST_SECOND = 253402300799;
function commonOf(body) {
  const second = wholeOf(body, "expires_at");
  if (second === void 0 || second <= 0 || second > LAST_SECOND) {
    throw missing("expires_at");
  }
  const refreshed = body["refresh"];
  if (typeof refreshed !== "boolean") {
    throw missing("refresh");
  }
  return { expiresAt: second * 1e3, refreshed };
}
function secretOf(values, name, form = SECRET) {
  const secret = parseSecret("credential", checked(`credential.${name}`, textOf2(values, name), form));
  if (secret === void 0) {
    throw wrong(`credential.${name}`);
  }
  return secret;
}
function optional(body, name, form) {
  const isAbsent = (body[name] ?? void 0) === void 0;
  return isAbsent ? void 0 : checked(name, textOf2(body, name), form);
}
function repositoriesOf(body) {
  const texts = textsOf(body, "repositories") ?? [];
  if (texts.length === 0) {
    throw missing("repositories");
  }
  return texts.map((text) => checked("repositories", text, REPOSITORY));
}
function permissionsOf(body) {
  const levels = Object.entries(objectOf(body, "permissions") ?? {});
  if (levels.length === 0 || !levels.every(([, level]) => typeof level === "string")) {
    throw missing("permissions");
  }
  return Object.fromEntries(
    levels.map(([name, level]) => [
      checked("permissions", name, PERMISSION),
      checked("permissions", String(level), LEVEL)
    ])
  );
}
function urlOf(body, name) {
  const text = checked(name, textOf2(body, name), TEXT);
  if (!/^https?:\/\/[^@?#\\]+$/i.test(text) || !URL.canParse(text)) {
    throw notAUrl(name);
  }
  const url = new URL(text);
  if (url.protocol !== "https:" && !isLoopback(url.hostname)) {
    throw notAUrl(name);
  }
  return text;
}
function originOf(body, name) {
  const text = urlOf(body, name);
  if (/^https?:\/\/[^/]+$/i.test(text)) {
    return text;
  }
  throw new Unusable(`${name} must have no path`);
}
function checked(name, text, form) {
  if (text === void 0) {
    throw missing(name);
  }
  if (!form.test(text)) {
    throw wrong(name);
  }
  return text;
}
function missing(name) {
  return new Unusable(`${name} is missing or of a wrong type`);
}
function wrong(name) {
  return new Unusable(`${name} holds a character that it may not have, or has not its length`);
}
function notAUrl(name) {
  return new Unusable(
    `${name} must be https (plain http only on a loopback address), without user, query and fragment`
  );
}

// src/token/masks.ts
var MIN_LENGTH = 8;
var MIN_SIGNATURE = 32;
var LINE_LENGTHS = [76, 64];
function masksOf(secret) {
  const token = secret.reveal();
  const encoded2 = [0, 1, 2].flatMap((offset) => base64At(token, offset));
  return distinct([...plain2(token), percentEncoded(token), ...encoded2, ...wrappedLines(token)]);
}
function echoesOf(secret) {
  const token = secret.reveal();
  const signature = token.slice(token.lastIndexOf(".") + 1);
  const whole = masksOf(secret).filter((form) => form.length >= token.length);
  return signature.length < MIN_SIGNATURE ? whole : [...whole, signature];
}
function masksOfCredential(credential) {
  return secretsOf(credential).flatMap(masksOf);
}
function masksOfNext(credential) {
  return credential.kind === "aws-role" ? distinct([
    ...masksOf(credential.secretAccessKey),
    credential.accessKeyId.reveal(),
    credential.sessionToken.reveal()
  ]) : masksOfCredential(credential);
}
function plainMasksOf(secret) {
  return distinct(plain2(secret.reveal()));
}
function plain2(token) {
  return [token, ...token.split(".")];
}
function distinct(texts) {
  return [...new Set(texts)].filter((text) => text.length >= MIN_LENGTH);
}
function base64At(token, offset) {
  const standard = base64(Buffer.concat([Buffer.alloc(offset), Buffer.from(token)]));
  const first = Math.ceil(offset * 8 / 6);
  const last = Math.floor((offset + token.length) * 8 / 6);
  return bothAlphabets(standard.slice(first, last));
}
function wrappedLines(token) {
  const text = base64(Buffer.from(token));
  const certain = text.slice(0, Math.floor(token.length * 8 / 6));
  const signature = Math.floor((token.lastIndexOf(".") + 1) * 8 / 6);
  return LINE_LENGTHS.flatMap((length) => {
    const lines = certain.match(new RegExp(`.{1,${length}}`, "g")) ?? [];
    return lines.slice(Math.floor(signature / length));
  });
}
function bothAlphabets(text) {
  return [text, text.replaceAll("+", "-").replaceAll("/", "_")];
}
function base64(bytes) {
  return bytes.toString("base64").replaceAll("=", "");
}
function percentEncoded(text) {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`
  );
}

// src/issuer/in-doubt.ts
function mayHaveBeenGranted(request, answer2) {
  switch (answer2.kind) {
    case "would-grant":
    case "pending":
      return false;
    case "refused":
      return answer2.afterLostAnswer && !request.dryRun;
    case "unavailable":
      return answer2.outage.mayHaveArrived && (!request.dryRun || answer2.outage.kind === "NOT_AN_ISSUER");
  }
}

// src/issuer/form.ts
function formPost(issuer, path, parameters2, more = {}) {
  return {
    method: "POST",
    url: new URL(issuer + path),
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json", ...more },
    body: new URLSearchParams(parameters2).toString()
  };
}

// src/issuer/handle-in-token.ts
var BASE64URL = /^[A-Za-z0-9_-]+$/;
function isNamed(token, handle) {
  const [header = "", claims = "", signature = "", ...more] = token.reveal().split(".");
  const named2 = decoded(claims);
  return more.length === 0 && BASE64URL.test(signature) && textOf2(decoded(header) ?? {}, "alg") !== void 0 && named2 !== void 0 && textOf2(named2, "jti") === handle;
}
function decoded(part) {
  return BASE64URL.test(part) ? parseJsonObject(Buffer.from(part, "base64url").toString("utf8")) : void 0;
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
  return isOurs(only, receiver) || isOursForOneTask(only, receiver) ? void 0 : `the ID token is for ${shown2(only)}`;
}
function isOurs(audience, { issuer, named: named2 }) {
  return [issuer, ...named2].some((name) => withoutSlash(name) === withoutSlash(audience));
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
function shown2(audience) {
  return audience.length <= MAX_SHOWN ? quoted(audience) : quoted(`${audience.slice(0, MAX_SHOWN)}...`);
}

// src/issuer/outage.ts
function notSent(sentence) {
  return { kind: "NOT_SENT", sentence, tries: 0, requestId: void 0, mayHaveArrived: false };
}

// src/issuer/pending.ts
init_issuer_url();
var MAX_NEEDED = 5;
var MAX_INTERVAL_SECONDS = 300;
var MAX_WAIT_SECONDS = 86400;
var MAX_GROUPS = 50;
function isPending(code) {
  return code === "authorization_pending" || code === "slow_down";
}
function isApprovalId(text) {
  return /^[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/.test(text);
}
function parsePending(body, sentAt) {
  const approvalId = textOf2(body, "approval_id") ?? "";
  const approvalUri = textOf2(body, "approval_uri") ?? "";
  const approvers = textsOf(body, "approvers") ?? [];
  const needed = within(body, "approvals_needed", { least: 1, most: MAX_NEEDED });
  const given = within(body, "approvals_given", { least: 0, most: MAX_NEEDED });
  const interval = within(body, "interval", { least: 1, most: MAX_INTERVAL_SECONDS });
  const expiresIn = within(body, "expires_in", { least: 0, most: MAX_WAIT_SECONDS });
  if (!isApprovalId(approvalId) || !isPageOf(approvalId, approvalUri) || !areGroups(approvers)) {
    return void 0;
  }
  if (needed === void 0 || given === void 0 || interval === void 0 || expiresIn === void 0) {
    return void 0;
  }
  return {
    approvalId,
    approvalUri,
    approvers,
    needed,
    given,
    intervalSeconds: interval,
    expiresAt: sentAt + expiresIn * 1e3,
    slowDown: textOf2(body, "error") === "slow_down"
  };
}
function groupsOf(body, name) {
  const groups = textsOf(body, name);
  return groups?.every(isGroup) && groups.length <= MAX_GROUPS ? groups : void 0;
}
function areGroups(approvers) {
  return approvers.length > 0 && approvers.length <= MAX_GROUPS && approvers.every(isGroup);
}
function isGroup(name) {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(name);
}
function isPageOf(approvalId, uri) {
  return parseIssuerUrl(uri).kind === "url" && uri.length <= 2048 && uri.endsWith(`/approve/${approvalId}`);
}
function within(body, name, { least, most }) {
  const value = wholeOf(body, name);
  return value !== void 0 && value >= least && value <= most ? value : void 0;
}

// src/issuer/reply.ts
function notAnIssuer(received, missing2) {
  const { status, tries } = received;
  const isRedirect = status >= 300 && status < 400;
  return {
    kind: "NOT_AN_ISSUER",
    sentence: isRedirect ? `the address answered ${status}, a redirect, and redirects are not followed` : `the address answered ${status} ${missing2}`,
    tries,
    requestId: void 0,
    mayHaveArrived: received.lostOne || status === 200
  };
}

// src/issuer/task-detail.ts
function detailsAsJson(details) {
  return JSON.stringify(details.map(toWire));
}
function toWire(detail) {
  return {
    type: "task",
    task: detail.task,
    ...detail.actions.length > 0 && { actions: detail.actions },
    ...detail.locations.length > 0 && { locations: detail.locations },
    identifier: detail.identifier
  };
}
function parseGrantedDetails(body) {
  const objects = objectsOf(body, "authorization_details") ?? [];
  const details = objects.flatMap((object) => parseGranted(object) ?? []);
  return details.length > 0 && details.length === objects.length ? details : void 0;
}
function parseGranted(object) {
  const task = textOf2(object, "task") ?? "";
  const identifier = textOf2(object, "identifier") ?? "";
  const actions = textsOf(object, "actions") ?? [];
  if (textOf2(object, "type") !== "task" || task === "" || identifier === "" || actions.length === 0) {
    return void 0;
  }
  return { task, actions, locations: textsOf(object, "locations") ?? [], identifier };
}

// src/issuer/mint.ts
var GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
var ID_TOKEN_TYPE = "urn:ietf:params:oauth:token-type:id_token";
var MAX_SECONDS = 3600;
async function mint(net, request, signal) {
  const { issuer, audience, txn } = request;
  const objection = audienceObjection(request.idToken, { issuer, named: [audience], txn });
  if (objection !== void 0) {
    return { kind: "unavailable", outage: notSent(objection) };
  }
  const reply = await ask(net, request, signal);
  const last = wantsNonce(request, reply) ? await ask(net, request, signal) : reply;
  request.proofKey?.heard(nonceOf2(last));
  return mintAnswerFrom(request, last);
}
function ask(net, request, signal) {
  const { issuer, proofKey } = request;
  const proof = proofKey?.proof({ method: "POST", url: `${issuer}/token` });
  const headers = proof === void 0 ? {} : { dpop: proof };
  return send(net, {
    request: formPost(issuer, "/token", parameters(request), headers),
    patience: DEFAULT_PATIENCE,
    signal
  });
}
function wantsNonce({ proofKey }, reply) {
  proofKey?.heard(nonceOf2(reply));
  const error = reply.kind === "received" && textOf2(parseJsonObject(reply.body) ?? {}, "error");
  return proofKey !== void 0 && nonceOf2(reply) !== void 0 && error === "use_dpop_nonce";
}
function nonceOf2(reply) {
  return reply.kind === "received" ? reply.nonce : void 0;
}
function mintAnswerFrom(request, reply) {
  return reply.kind === "none" ? { kind: "unavailable", outage: reply.outage } : parseMintAnswer(request, reply);
}
function parameters(request) {
  const { lifetimeSeconds, leaseSeconds } = request;
  return {
    grant_type: GRANT,
    subject_token: request.idToken.reveal(),
    subject_token_type: ID_TOKEN_TYPE,
    authorization_details: detailsAsJson(request.details),
    txn: request.txn,
    holder_challenge: request.holder.challenge,
    ...lifetimeSeconds !== void 0 && { requested_expires_in: String(lifetimeSeconds) },
    ...leaseSeconds !== void 0 && { lease: String(leaseSeconds) },
    ...request.dryRun && { dry_run: "true" }
  };
}
function parseMintAnswer(request, received) {
  const body = parseJsonObject(received.body);
  if (received.status === 200) {
    const answer2 = body && (request.dryRun ? parseWouldGrant(body) : parseGranted2(body, request, received.sentAt));
    return answer2 ?? { kind: "unavailable", outage: notAnIssuer(received, "without a whole grant") };
  }
  const refusal = parseRefusal(body, request.idToken.reveal());
  if (refusal === void 0) {
    return { kind: "unavailable", outage: noOAuthError(request, received) };
  }
  if (isPending(refusal.code)) {
    const pending = request.dryRun ? void 0 : parsePending(body ?? {}, received.sentAt);
    return pending === void 0 ? { kind: "unavailable", outage: notAnIssuer(received, "without saying what is to be approved") } : { kind: "pending", pending };
  }
  const approvalId = textOf2(body ?? {}, "approval_id") ?? "";
  return {
    kind: "refused",
    refusal,
    afterLostAnswer: received.lostOne,
    approvalId: isApprovalId(approvalId) ? approvalId : void 0
  };
}
function noOAuthError(request, received) {
  const outage = notAnIssuer(received, "without an OAuth error");
  const inDoubt = received.status >= 500 && !request.dryRun;
  return { ...outage, mayHaveArrived: outage.mayHaveArrived || inDoubt };
}
function parseWouldGrant(body) {
  const approvers = groupsOf(body, "needs_approval");
  return body["would_grant"] === true && approvers !== void 0 ? { kind: "would-grant", approvers } : void 0;
}
function parseGranted2(body, request, sentAt) {
  const token = parseSecret("task token", textOf2(body, "access_token") ?? "");
  const handle = textOf2(body, "jti") ?? "";
  const lifetime = secondsOf(body, "expires_in");
  const lease = secondsOf(body, "lease_expires_in");
  const details = parseGrantedDetails(body);
  const credentialKind2 = kindOf(body);
  const isWhole = lease === void 0 === !Object.hasOwn(body, "lease_expires_in") && credentialKind2 === void 0 === !Object.hasOwn(body, "credential_kind");
  if (!token || !isHandle(handle) || !isNamed(token, handle)) {
    return void 0;
  }
  const type = textOf2(body, "token_type")?.toLowerCase();
  const isBound2 = type === "dpop" && request.proofKey !== void 0;
  const isOurs2 = (isBound2 || type === "bearer") && textOf2(body, "txn") === request.txn;
  if (!lifetime || !details || !isWhole || !isOurs2) {
    return void 0;
  }
  const expiresAt = sentAt + lifetime * 1e3;
  return {
    kind: "granted",
    granted: {
      token,
      holder: request.holder,
      handle,
      grantedAt: sentAt,
      expiresAt,
      leaseSeconds: lease,
      details,
      credentialKind: credentialKind2,
      boundTo: isBound2 ? request.proofKey : void 0
    }
  };
}
function kindOf(body) {
  const kind = textOf2(body, "credential_kind");
  return kind !== void 0 && /^[a-z0-9-]{1,64}$/.test(kind) ? kind : void 0;
}
function secondsOf(body, name) {
  return secondsOrNoneOf(body, name) || void 0;
}
function secondsOrNoneOf(body, name) {
  const value = wholeOf(body, name);
  return value !== void 0 && value >= 0 && value <= MAX_SECONDS ? value : void 0;
}

// src/text/age.ts
var STEPS = [
  [86400, "d"],
  [3600, "h"],
  [60, "min"]
];
function ageText(seconds) {
  const step = STEPS.find(([length]) => seconds >= 2 * length);
  return step === void 0 ? `${seconds} s` : `${Math.floor(seconds / step[0])} ${step[1]}`;
}

// src/text/approval-text.ts
var NOT_RUN = "the command was not run";
var ASK_AGAIN = "run the step again to ask for a new approval";
function askedText(pending, leftMs) {
  return [
    `this needs approval by ${who(pending)}; waiting, ${left(leftMs)}`,
    `approve or deny: ${pending.approvalUri}`,
    `or in a terminal: taskbound approve ${pending.approvalId}`
  ];
}
function askedAgainText() {
  return ["the policy has changed meanwhile: what was asked before can no longer be approved"];
}
function givenText({ given, needed }, leftMs) {
  return [`${given} of ${needed} approvals given; waiting, ${left(leftMs)}`];
}
function stillText(pending, leftMs) {
  return [`still waiting for approval by ${who(pending)}, ${left(leftMs)}: ${pending.approvalUri}`];
}
function unheardText(why) {
  return [`no answer from the issuer (${why}); still waiting for the approval`];
}
function approvedText(waitedMs) {
  return [`approved after ${age(waitedMs)}`];
}
function gaveUpText(pending, { waitedMs, command }) {
  return [
    waitedMs === 0 ? `this needs approval by ${who(pending)}` : `not approved by ${who(pending)} within ${age(waitedMs)}`,
    `what was to be approved: ${pending.approvalUri}`,
    `an approval can no longer be used: run the step again to ask for a new one`,
    ...command ? [NOT_RUN] : []
  ];
}
function cancelledText({ approvalId }, { inDoubt, command }) {
  const token = inDoubt ? "" : "no token was issued, and ";
  return [
    `stopped while waiting for approval; ${token}approval ${approvalId} can no longer be used`,
    ...command ? [NOT_RUN] : []
  ];
}
function notApprovedText(refusal, { approvalId, command }) {
  const { code, description, requestId } = refusal;
  const ids = [
    ...approvalId === void 0 ? [] : [`approval ${approvalId}`],
    ...requestId === void 0 ? [] : [`request id ${requestId}`]
  ];
  return [
    code === "expired_token" ? `nobody approved it in time; ${ASK_AGAIN}` : "it was not granted",
    ...description === void 0 ? [] : [description],
    ...ids.length === 0 ? [] : [ids.join(", ")],
    ...command ? [NOT_RUN] : []
  ];
}
function idTokenTooOldText() {
  return [
    "the ID token is the same as at the start, and has become too old while people were asked: use id-token-command, or a file that is kept fresh"
  ];
}
function who({ approvers, needed, given }) {
  const groups = approvers.join(" or ");
  const before = given === 0 ? "" : `, ${given} of them given`;
  return needed === 1 ? groups : `${needed} people of ${groups}${before}`;
}
function left(ms) {
  return `${age(Math.max(0, ms))} left`;
}
function age(ms) {
  return ageText(Math.floor(ms / 1e3));
}

// src/approval/pace.ts
var SLOWER_MS = 5e3;
function pauseAfter2(pending, before) {
  const asked2 = pending.intervalSeconds * 1e3;
  const slowest = pending.slowDown ? Math.max(asked2, before.pauseMs + SLOWER_MS) : before.slowest;
  return { pauseMs: Math.max(asked2, slowest), slowest };
}
var REMINDER_MS = 5 * 6e4;
function remindersFrom(start) {
  let last = start;
  return {
    isDue: (now) => now - last >= REMINDER_MS,
    said: (now) => {
      last = now;
    }
  };
}

// src/approval/wait.ts
var MAX_SILENCE_MS = 10 * 6e4;
var LATE_MS = 6e4;
var PASSING_OUTAGES = ["UNREACHABLE", "NO_ANSWER", "BUSY"];
var PASSING_CODES = ["server_error", "temporarily_unavailable"];
async function awaitApproval(world, asked2, first) {
  const { now } = world.net;
  const startedAt = now();
  const limit = asked2.waitSeconds === void 0 ? Infinity : startedAt + asked2.waitSeconds * 1e3;
  const told = tellerOf(world, limit);
  const state = { pending: first, idToken: asked2.request.idToken, inDoubt: false };
  const end = (settled, isTooOld = false) => ({
    ...state,
    settled,
    isTooOld,
    waitedMs: now() - startedAt
  });
  let pace = pauseAfter2(first, { pauseMs: 0, slowest: 0 });
  let silentSince;
  told.pending(first);
  while (now() < Math.min(limit, state.pending.expiresAt + LATE_MS)) {
    const next = await askAfter(world, asked2, Math.min(pace.pauseMs, limit - now()));
    if (next === void 0) {
      return end({ kind: "cancelled" });
    }
    const { supplied, answer: answer2 } = next;
    state.idToken = supplied.idToken;
    if (answer2.kind === "pending") {
      state.inDoubt &&= answer2.pending.approvalId !== state.pending.approvalId;
      state.pending = answer2.pending;
      silentSince = void 0;
      pace = pauseAfter2(answer2.pending, pace);
      told.pending(answer2.pending);
      continue;
    }
    state.inDoubt ||= mayHaveArrived2(answer2);
    const why = whyAgain(answer2, supplied);
    silentSince ??= now();
    if (why === void 0 || now() - silentSince >= MAX_SILENCE_MS) {
      const isCut = world.cancel.signal.aborted && answer2.kind === "unavailable";
      return end(
        isCut ? { kind: "cancelled" } : answer2,
        supplied.origin === "same" && isAboutTheProof(answer2)
      );
    }
    told.inVain(why);
  }
  return end({ kind: "too-long" });
}
async function askAfter({ net, cancel }, { request, idTokens }, pauseMs) {
  await net.sleep(pauseMs, cancel.signal);
  if (cancel.signal.aborted) {
    return void 0;
  }
  const supplied = await idTokens.current();
  if (cancel.signal.aborted) {
    return void 0;
  }
  const answer2 = await mint(net, { ...request, idToken: supplied.idToken }, cancel.signal);
  if (isAboutTheProof(answer2)) {
    idTokens.discard();
  }
  return { supplied, answer: answer2 };
}
function whyAgain(answer2, { origin, why }) {
  if (answer2.kind === "unavailable") {
    const { kind, sentence } = answer2.outage;
    return PASSING_OUTAGES.includes(kind) ? sentence : void 0;
  }
  if (answer2.kind !== "refused") {
    return void 0;
  }
  if (PASSING_CODES.includes(answer2.refusal.code)) {
    return answer2.refusal.code;
  }
  return origin === "kept" && isAboutTheProof(answer2) ? why ?? "the ID token has become too old" : void 0;
}
function isAboutTheProof(answer2) {
  return answer2.kind === "refused" && answer2.refusal.code === "invalid_request";
}
function mayHaveArrived2(answer2) {
  switch (answer2.kind) {
    case "granted":
    case "would-grant":
    case "pending":
      return false;
    case "refused":
      return answer2.afterLostAnswer;
    case "unavailable":
      return answer2.outage.mayHaveArrived;
  }
}
function tellerOf({ log, files, net }, limit) {
  const reminders = remindersFrom(net.now());
  let last;
  let isSilent = false;
  const tell = (pending, leftMs) => {
    if (last?.approvalId !== pending.approvalId) {
      log.notice([...last === void 0 ? [] : askedAgainText(), ...askedText(pending, leftMs)]);
      files.setOutput("approval-id", pending.approvalId);
      return true;
    }
    const isDue = reminders.isDue(net.now());
    if (last.given !== pending.given) {
      log.say(givenText(pending, leftMs));
    } else if (isDue) {
      log.say(stillText(pending, leftMs));
    }
    return isDue || last.given !== pending.given;
  };
  return {
    pending: (pending) => {
      if (tell(pending, Math.min(limit, pending.expiresAt) - net.now())) {
        reminders.said(net.now());
      }
      last = pending;
      isSilent = false;
    },
    inVain: (why) => {
      if (!isSilent) {
        log.say(unheardText(why));
      }
      isSilent = true;
    }
  };
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

// src/token/id-token-supply.ts
var YOUNG_MS = 6e4;
function idTokenSupply(world, wanted, first) {
  let held = first;
  let freshUntil = world.net.now() + YOUNG_MS;
  const current = async () => {
    if (world.net.now() < freshUntil) {
      return { idToken: held, origin: "kept", why: void 0 };
    }
    const answer2 = await fetchIdToken(world, wanted);
    if (answer2.kind === "failed") {
      return { idToken: held, origin: "kept", why: answer2.why };
    }
    freshUntil = world.net.now() + YOUNG_MS;
    if (answer2.idToken.reveal() === held.reveal()) {
      return { idToken: held, origin: "same", why: void 0 };
    }
    held = answer2.idToken;
    world.log.mask(plainMasksOf(held));
    return { idToken: held, origin: "new", why: void 0 };
  };
  return {
    current,
    discard: () => {
      freshUntil = 0;
    }
  };
}

// src/text/caller-profile.ts
function profileOf(profiles, claims) {
  const profile = profiles.find(({ refusal: refusal2 }) => fits(refusal2.recognised_by ?? {}, claims));
  if (profile === void 0) {
    throw new Error("no profile fits all callers");
  }
  const { refusal, default_events: events } = profile;
  return {
    name: refusal.recognised_by === void 0 ? void 0 : profile.name,
    shown: refusal.shown,
    bound: refusal.bind.filter((name) => isBound(refusal, claims, name)),
    notes: refusal.bind_notes ?? {},
    ignoresCase: refusal.ignores_case ?? [],
    tenants: refusal.bind.filter((name) => profile.tenant_claims.includes(name)),
    eventToName: eventToName(events, claims)
  };
}
function fits(marks, claims) {
  return (marks.claims ?? []).every((name) => scalarOf(claims, name) !== void 0) && (marks.sub === void 0 || new RegExp(`^(?:${marks.sub})$`).test(textOf2(claims, "sub") ?? ""));
}
function isBound(refusal, claims, name) {
  const other = refusal.bind_without?.[name];
  const value = refusal.bind_value?.[name];
  return (other === void 0 || !hasText(claims, other)) && (value === void 0 || textOf2(claims, name) === value);
}
function hasText(claims, name) {
  const value = scalarOf(claims, name);
  return value !== void 0 && value !== "";
}
function eventToName(events, claims) {
  const event = events === void 0 ? void 0 : textOf2(claims, events.claim);
  return event === void 0 || events?.allowed.includes(event) ? void 0 : events?.claim;
}

// src/text/profiles.ts
var PROFILES = [
  {
    name: "github",
    tenant_claims: ["repository_id", "repository_owner_id"],
    default_events: {
      claim: "event_name",
      allowed: ["push", "workflow_dispatch", "schedule", "release", "merge_group"]
    },
    refusal: {
      recognised_by: { claims: ["repository_id", "event_name"] },
      shown: [
        "sub",
        "repository_id",
        "repository_owner_id",
        "ref",
        "ref_type",
        "environment",
        "event_name",
        "job_workflow_ref"
      ],
      ignores_case: ["repository", "environment"],
      bind: [
        "repository_id",
        "repository_owner_id",
        "repository",
        "ref",
        "ref_type",
        "environment",
        "job_workflow_ref"
      ]
    }
  },
  {
    name: "gitlab",
    tenant_claims: ["project_id", "namespace_id"],
    default_events: {
      claim: "pipeline_source",
      allowed: ["push", "web", "schedule", "api", "trigger", "pipeline"]
    },
    refusal: {
      recognised_by: { claims: ["project_id", "project_path"] },
      shown: [
        "sub",
        "project_id",
        "project_path",
        "namespace_id",
        "ref",
        "ref_type",
        "ref_protected",
        "environment",
        "pipeline_source"
      ],
      bind: ["project_id", "namespace_id", "project_path", "ref", "ref_type", "ref_protected", "environment"],
      bind_value: { ref_protected: "true" }
    }
  },
  {
    name: "buildkite",
    tenant_claims: ["pipeline_id", "organization_id", "organization_slug"],
    refusal: {
      recognised_by: { claims: ["organization_slug", "pipeline_slug", "build_number"] },
      shown: [
        "sub",
        "organization_slug",
        "organization_id",
        "pipeline_slug",
        "pipeline_id",
        "build_branch",
        "build_tag",
        "build_source",
        "step_key"
      ],
      bind: ["organization_id", "pipeline_id", "organization_slug", "pipeline_slug", "build_branch"],
      bind_without: { organization_slug: "organization_id", pipeline_slug: "pipeline_id" },
      bind_notes: {
        organization_slug: "Others may get these names. Better: ask for the ID token with --claim organization_id --claim pipeline_id."
      }
    }
  },
  {
    name: "circleci",
    tenant_claims: ["oidc.circleci.com/project-id"],
    refusal: {
      recognised_by: { claims: ["oidc.circleci.com/project-id"] },
      shown: [
        "sub",
        "oidc.circleci.com/project-id",
        "oidc.circleci.com/vcs-origin",
        "oidc.circleci.com/vcs-ref",
        "oidc.circleci.com/ssh-rerun"
      ],
      bind: ["oidc.circleci.com/project-id", "oidc.circleci.com/vcs-origin", "oidc.circleci.com/vcs-ref"]
    }
  },
  {
    name: "kubernetes",
    tenant_claims: ["sub"],
    refusal: { recognised_by: { sub: "system:serviceaccount:[^:]+:[^:]+" }, shown: ["sub"], bind: ["sub"] }
  },
  {
    name: "jenkins",
    tenant_claims: ["sub"],
    refusal: { recognised_by: { sub: "https?://.+/job/.+/" }, shown: ["sub", "build_number"], bind: ["sub"] }
  },
  { name: "generic", tenant_claims: ["sub"], refusal: { shown: ["sub"], bind: ["sub"] } }
];

// src/text/proof-reasons.ts
var SKEW_SECONDS = 30;
var SHORTEST_MAX_AGE_SECONDS = 300;
var CLOSED_BEFORE = "Its job or run may have been closed: by a hook, or by a client since the ID token was issued.";
function issuedText(proof) {
  const age2 = ageOf(proof);
  if (age2 === void 0) {
    return "(no iat)";
  }
  return age2 < 0 ? `in ${ageText(-age2)}` : `${ageText(age2)} ago`;
}
function ageOf({ claims, nowSeconds }) {
  const issued = wholeOf(claims, "iat");
  if (issued === void 0) {
    return void 0;
  }
  const age2 = nowSeconds - issued;
  return age2 < 0 && age2 >= -SKEW_SECONDS ? 0 : age2;
}
function audienceText(claims) {
  const audiences = audiencesOf2(claims);
  return audiences.length === 0 ? "(absent)" : printable(audiences.join(", "));
}
function proofReasons(proof) {
  return [
    ...expired(proof),
    ...inTheFuture(proof),
    ...otherAudience(proof),
    usedBefore(proof),
    ...tooOld(proof),
    CLOSED_BEFORE,
    unknownIssuer(proof.claims)
  ];
}
function expired({ claims, nowSeconds }) {
  const expires = wholeOf(claims, "exp");
  return expires === void 0 || expires > nowSeconds ? [] : [`It expired ${ageText(nowSeconds - expires)} ago.`];
}
function otherAudience({ issuer, claims }) {
  const audiences = audiencesOf2(claims);
  if (audiences.length > 1) {
    return ["It has more than one audience."];
  }
  const [audience] = (audiences[0] ?? "").split("#");
  return withoutSlash2(audience ?? "") === withoutSlash2(issuer) ? [] : [
    `Its audience is not ${printable(issuer)}, the URL of this issuer: another name of the same host, such as localhost for 127.0.0.1, is not the same. Only the policy can name another audience.`
  ];
}
function inTheFuture(proof) {
  return (ageOf(proof) ?? 0) < 0 ? [`It is issued ${issuedText(proof)} by the clock of this machine: one of two clocks is wrong.`] : [];
}
function usedBefore(proof) {
  const question = (ageOf(proof) ?? -1) < 0 ? "Was it used before?" : `It was issued ${issuedText(proof)}; was it used before?`;
  return `${question} An ID token can be exchanged once: get a new one for each task.`;
}
function tooOld(proof) {
  return (ageOf(proof) ?? 0) < SHORTEST_MAX_AGE_SECONDS ? [] : [
    "It is older than the provider's max_age in the policy: 5 min unless the policy says otherwise, 10 min for Kubernetes, 1 h for GitLab and CircleCI."
  ];
}
function unknownIssuer(claims) {
  const issuer = scalarOf(claims, "iss");
  return issuer === void 0 ? "It has no iss." : `The policy has no provider whose issuer is exactly ${printable(String(issuer))}.`;
}
function audiencesOf2(claims) {
  const one = scalarOf(claims, "aud");
  return one === void 0 ? textsOf(claims, "aud") ?? [] : [String(one)];
}
function withoutSlash2(url) {
  return url.endsWith("/") ? url.slice(0, -1) : url;
}

// src/text/proposed-rule.ts
function proposedRule(profile, claims) {
  const unbindable = missingTenant(profile, claims) ?? profile.bound.find((name) => isUnfitForARule(textOf2(claims, name) ?? ""));
  return unbindable === void 0 ? entry(profile, claims) : [`No rule is proposed: the value of ${unbindable} does not fit a rule as it is.`];
}
function entry(profile, claims) {
  const provider = profile.name ?? "NAME";
  const iss = scalarOf(claims, "iss");
  return [
    "If all of this is right and this run should be allowed, propose this entry for the task in a pull request on the policy:",
    "    allow:",
    `      - provider: ${provider}  # the policy's name for ${iss === void 0 ? "this issuer" : printable(String(iss))}`,
    "        claims:",
    ...profile.bound.flatMap((name) => [
      ...noteLine(profile, claims, name),
      ...claimLine(profile, claims, name)
    ]),
    ...profile.eventToName === void 0 ? [] : [
      "          # Not let in unless named. Can outsiders start it?",
      ...claimLine(profile, claims, profile.eventToName)
    ]
  ];
}
function noteLine(profile, claims, name) {
  const note = profile.notes[name];
  return note === void 0 || claimLine(profile, claims, name).length === 0 ? [] : [`          # ${note}`];
}
function claimLine(profile, claims, name) {
  const value = scalarOf(claims, name);
  if (value === void 0 || value === "") {
    return [];
  }
  return [
    `          ${name}: ${typeof value === "string" ? spellings(profile, name, quoted(value)) : value}`
  ];
}
function spellings(profile, name, value) {
  const lower = value.toLowerCase();
  return profile.ignoresCase.includes(name) && lower !== value ? `[${value}, ${lower}]` : value;
}
function missingTenant(profile, claims) {
  const isThere = profile.tenants.some((name) => claimLine(profile, claims, name).length > 0);
  return isThere ? void 0 : profile.tenants[0];
}

// src/text/target-flaw.ts
var DIGEST = "@sha256:";
function targetFlaw(identifier) {
  const at = identifier.indexOf(DIGEST);
  const digest = at < 0 ? void 0 : /^[0-9A-Za-z]*/.exec(identifier.slice(at + DIGEST.length))?.[0] ?? "";
  if (digest === "") {
    return {
      sentence: "The digest after @sha256: is empty. Is the variable that should hold it set?",
      spoilt: true
    };
  }
  if (digest !== void 0 && !/^[0-9a-f]{64}$/.test(digest)) {
    return {
      sentence: "What follows @sha256: is no digest: that is 64 lower-case hex digits.",
      spoilt: true
    };
  }
  return /[:@=]$|[/:]@/.test(identifier) ? { sentence: "A part of the target is empty. Is the variable that should hold it set?", spoilt: false } : void 0;
}

// src/text/refusal-text.ts
function refusalText(refused, profiles = PROFILES) {
  const { refusal } = refused;
  return [
    `Refused by ${refused.issuer}: ${refusal.code}${isAboutTheRule(refusal) ? WHAT_TO_CHECK : ""}`,
    ...refusal.description === void 0 ? [] : [`  ${refusal.description}`],
    "Asked for:",
    ...refused.details.flatMap((detail) => askedLines(detail, isAboutTheRule(refusal))),
    ...caller(refused, profiles),
    ...whomToAsk(refusal.requestId),
    ...remedy(refused, profiles)
  ];
}
var WHAT_TO_CHECK = " (check the task, the action, the target and the caller: the issuer does not tell which it was)";
function isAboutTheRule({ code, description }) {
  return code === "invalid_authorization_details" && !(description ?? "").includes("authorization_details");
}
function isAboutTheProof2({ code, description }) {
  return code === "invalid_request" && (description === void 0 || /subject_token|ID token/.test(description));
}
function asked(detail) {
  const actions = detail.actions.length === 0 ? "" : ` ${detail.actions.join(", ")}`;
  const places = detail.locations.length === 0 ? "" : ` at ${detail.locations.join(", ")}`;
  return `${printable(`${detail.task}:${actions}`)} ${printable(detail.identifier)}${printable(places)}`;
}
function askedLines(detail, inDoubt) {
  const leftOut = detail.actions.length === 0;
  const flaw = targetFlaw(detail.identifier);
  return [
    `  ${asked(leftOut ? { ...detail, actions: ["action (left out)"] } : detail)}`,
    ...inDoubt && leftOut ? ["    The action can be left out only if the task permits exactly one on this target."] : [],
    ...!inDoubt || flaw === void 0 ? [] : [`    ${flaw.sentence}`]
  ];
}
function caller({ issuer, claims, nowSeconds }, profiles) {
  if (claims === void 0) {
    return ["The ID token is not a readable JWT."];
  }
  const profile = profileOf(profiles, claims);
  const provider = `${profile.name ?? "other"} (${shown3(claims, "iss") ?? "no iss"})`;
  return [
    "Your ID token says:",
    claimLine2("provider", provider),
    claimLine2("aud", audienceText(claims)),
    claimLine2("issued", issuedText({ issuer, claims, nowSeconds })),
    ...profile.shown.map((name) => claimLine2(name, shown3(claims, name) ?? "(absent)"))
  ];
}
function claimLine2(name, value) {
  return `  ${name.padEnd(20)} ${value}`;
}
function shown3(claims, name) {
  const value = scalarOf(claims, name);
  return value === void 0 ? void 0 : printable(String(value));
}
function whomToAsk(requestId) {
  return requestId === void 0 ? ["The answer carried no request id."] : [
    `Request id: ${requestId}`,
    `Ask the policy owner: taskbound policy explain --request-id ${requestId}`
  ];
}
function remedy(refused, profiles) {
  const { issuer, details, refusal, afterLostAnswer, claims, nowSeconds } = refused;
  if (afterLostAnswer) {
    return [
      "An earlier try got no answer and may have been granted, which makes this one a replay.",
      "Ask again with a new ID token."
    ];
  }
  if (isAboutTheProof2(refusal)) {
    return claims === void 0 ? ["No rule would change this: the ID token itself was not accepted."] : [
      "No rule would change this: the ID token itself was not accepted. The usual reasons:",
      ...proofReasons({ issuer, claims, nowSeconds }).map((reason) => `  ${reason}`)
    ];
  }
  if (refusal.code === "invalid_target") {
    return [
      "No rule would change this: the task has a resource server of its own. Leave out resource and locations."
    ];
  }
  if (refusal.code === "access_denied") {
    return [
      "No rule would change this: a rule allows it, and the sentence above says why it was refused. The ID token was not used up."
    ];
  }
  if (!isAboutTheRule(refusal)) {
    return ["No rule would change this: the request itself was not accepted."];
  }
  if (details.some(({ identifier }) => targetFlaw(identifier)?.spoilt)) {
    return ["No rule is proposed: correct the target first."];
  }
  return claims === void 0 ? [] : proposedRule(profileOf(profiles, claims), claims);
}

// src/base/iso-seconds.ts
function isoSeconds(epochMs) {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}

// src/text/step-text.ts
var ENDED_BY = {
  step: "step end",
  cancelled: "cancel",
  post: "post step",
  close: "close step"
};
function grantedText(granted) {
  const lease = granted.leaseSeconds;
  const heartbeat = lease === void 0 ? "" : `, dies ${lease} s after its last heartbeat`;
  return [
    ...granted.details.map((detail) => `granted ${asked(detail)}`),
    `handle ${granted.handle}, expires ${isoSeconds(granted.expiresAt)}${heartbeat}`
  ];
}
function wouldGrantText(approvers) {
  const first = approvers.length === 0 ? "" : ` after approval by ${approvers.join(" or ")}`;
  return [`a dry run: this would be granted${first}. Nothing was issued and the command was not run.`];
}
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
function closeFailedText(failed) {
  const until = failed.expiresAt === void 0 ? "it expires" : `${isoSeconds(failed.expiresAt)} at the latest`;
  return [
    `could not be closed (${failed.why}): ${failed.handle}`,
    `a copy of it could be used until ${until}; an administrator can end it by its handle`
  ];
}
function deliveredText(credential) {
  const until = isoSeconds(credential.expiresAt);
  const revoked = `it is revoked when the step ends, and expires ${until}`;
  switch (credential.kind) {
    case "github-app": {
      const permissions = Object.entries(credential.permissions).map(([name, level]) => `${name}:${level}`);
      return [
        `delivered a token of ${credential.serverUrl} for ${credential.repositories.join(", ")} with ${permissions.sort().join(", ")}`,
        revoked
      ];
    }
    case "aws-role":
      return [
        `delivered AWS credentials of ${printable(credential.roleArn)}`,
        credential.refreshed ? `they are fetched again at each heartbeat; without one they expire ${until}` : `they expire ${until}: AWS cannot revoke them when the step ends`
      ];
    case "openbao": {
      const { namespace } = credential;
      const where = namespace === void 0 ? "" : `, namespace ${printable(namespace)}`;
      return [`delivered a token of ${printable(credential.address)}${where}`, revoked];
    }
  }
}
function notDeliveredText(no) {
  const notRun = "the command was not run";
  if (no.kind === "refused") {
    const { code, description, requestId: requestId2 } = no.refusal;
    const words2 = description === void 0 ? "" : `: ${description}`;
    const id2 = requestId2 === void 0 ? [] : [`request id: ${requestId2}`];
    return [`no credential was delivered: ${code}${words2}`, ...id2, notRun];
  }
  const { sentence, requestId } = no.outage;
  const id = requestId === void 0 ? "" : ` (request id ${requestId})`;
  return [`no credential was delivered: ${sentence}${id}`, notRun];
}
function injectedText({
  service,
  isBound: isBound2
}) {
  const key = isBound2 ? "bound to a key of this step" : "bound to no key, because the policy does not ask for a proof";
  return [
    `the command sends its requests for ${printable(service)} to TASKBOUND_URL; the token is added here, ${key}`
  ];
}
function notInjectedText(credentialKind2) {
  return [
    `this task delivers a credential (${printable(credentialKind2)}), and inject only adds a task token`,
    "leave out inject: the command then gets the credential",
    "the command was not run"
  ];
}
function notRefreshedText(held, why) {
  return [
    `the credential could not be fetched again (${why}); the next heartbeat tries again, and the one that the command has expires ${isoSeconds(held.expiresAt)}`
  ];
}
function lostText(lost) {
  return [
    `the issuer says that the token is dead while the command is still running (${lost.code}): ${lost.handle}`
  ];
}
function missedText(missed) {
  return [`a heartbeat got no answer (${missed.why}); the next one follows by itself: ${missed.handle}`];
}
function unavailableText(call) {
  const { sentence, tries, requestId } = call.outage;
  const id = requestId === void 0 ? "" : ` (request id ${requestId})`;
  const why = call.outage.kind === "NOT_SENT" ? [
    `the ID token was not sent to ${call.issuer}: ${sentence}`,
    "if this is the right issuer, request the ID token for its URL; if its policy expects another audience, name that one beside the issuer (id-token-audience)"
  ] : [
    `no answer from ${call.issuer} after ${tries} ${tries === 1 ? "try" : "tries"}: ${sentence}${id}`,
    ...call.outage.kind === "PROXY_LOGIN" ? [
      "write them into HTTPS_PROXY, like http://USER:PASSWORD@proxy.acme.example:3128, or into the proxy settings of Jenkins"
    ] : []
  ];
  return [...why, ...call.command ? ["the command was not run"] : []];
}
function livedText(ms) {
  const tenths = Math.floor(Math.max(0, ms) / 100);
  if (tenths < 600) {
    return `${Math.floor(tenths / 10)}.${tenths % 10} s`;
  }
  const seconds = Math.floor(tenths / 10);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

// src/issuer/close.ts
async function close(net, closing, signal) {
  const objection = objectionTo(closing);
  if (objection !== void 0) {
    return { kind: "failed", why: objection };
  }
  const parameters2 = toParameters(closing.what);
  const request = formPost(closing.issuer, "/revoke", parameters2);
  const reply = await send(net, { request, patience: closing.patience, signal });
  return reply.kind === "none" ? { kind: "failed", why: reply.outage.sentence } : parseCloseAnswer(reply, parameters2["token"] ?? parameters2["subject_token"] ?? "");
}
function objectionTo({ issuer, audience, what }) {
  const named2 = audience === void 0 ? [] : [audience];
  return what.kind === "token" ? void 0 : audienceObjection(what.idToken, { issuer, named: named2 });
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

// src/token/with-deadline.ts
async function withDeadline({ net, cancel }, call) {
  const deadline = new AbortController();
  const countDown = () => {
    void net.sleep(CANCEL_GRACE_MS, deadline.signal).then(() => deadline.abort());
  };
  const patience = cancel.signal.aborted ? HURRIED_PATIENCE : CLOSING_PATIENCE;
  if (cancel.signal.aborted) {
    countDown();
  } else {
    cancel.signal.addEventListener("abort", countDown);
  }
  try {
    return await call(patience, deadline.signal);
  } finally {
    cancel.signal.removeEventListener("abort", countDown);
    deadline.abort();
  }
}

// src/token/unheard-token.ts
async function closeUnheardToken(world, of) {
  const { issuer, audience, idToken } = of;
  const what = { kind: "job", idToken };
  const answer2 = await withDeadline(
    world,
    (patience, signal) => close(world.net, { issuer, audience, what, patience }, signal)
  );
  if (answer2.kind === "closed") {
    world.log.say([
      "a token may have been granted that never reached us: every token of this job was closed"
    ]);
    return true;
  }
  world.log.warn([
    `a token may have been granted that never reached us, and could not be closed (${answer2.why})`,
    "nobody holds it; it dies when its lease lapses"
  ]);
  return false;
}

// src/life/no-token.ts
function sayWhyNot({ log, net }, { request, answer: answer2, waiting }) {
  const { issuer, details, idToken } = request;
  switch (answer2.kind) {
    case "would-grant":
      log.say(wouldGrantText(answer2.approvers));
      break;
    case "refused": {
      const { refusal, afterLostAnswer, approvalId } = answer2;
      if (!afterLostAnswer && (approvalId !== void 0 || refusal.code === "expired_token")) {
        log.fail(notApprovedText(refusal, { approvalId, command: waiting.command }));
        break;
      }
      const claims = unverifiedClaims(idToken);
      const nowSeconds = Math.floor(net.now() / 1e3);
      log.fail(refusalText({ issuer, details, refusal, afterLostAnswer, claims, nowSeconds }));
      break;
    }
    case "unavailable":
      log.fail(unavailableText({ issuer, outage: answer2.outage, command: waiting.command }));
      break;
    case "pending":
      throw new Error("still to be waited for");
  }
}
async function leaveNothing(world, request, inDoubt) {
  const isClosed = !inDoubt || await closeUnheardToken(world, request);
  if (isClosed && !request.dryRun) {
    saveState(world.files, { phase: "done" });
  }
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

// src/life/approved-token.ts
async function approvedToken(world, asked2, pending) {
  const { request, waiting } = asked2;
  if (waiting.approvalWaitSeconds === 0) {
    world.files.setOutput("approval-id", pending.approvalId);
    world.log.fail(gaveUpText(pending, { waitedMs: 0, command: waiting.command }));
    await leaveNothing(world, request, false);
    return void 0;
  }
  const wanted = { source: waiting.source, audience: request.audience };
  const idTokens = idTokenSupply(world, wanted, request.idToken);
  const waitSeconds = waiting.approvalWaitSeconds;
  const waited = await awaitApproval(world, { request, idTokens, waitSeconds }, pending);
  leaveTrace(world, request, waited);
  return conclude(world, asked2, waited);
}
async function conclude(world, asked2, waited) {
  const { settled, pending, waitedMs, inDoubt } = waited;
  const { command } = asked2.waiting;
  const request = { ...asked2.request, idToken: waited.idToken };
  const approvalId = approvalIn(waited);
  switch (settled.kind) {
    case "granted":
      world.log.say(approvedText(waitedMs));
      return settled.granted;
    case "too-long":
      world.log.fail(gaveUpText(pending, { waitedMs, command }));
      break;
    case "cancelled":
      world.log.say(cancelledText(pending, { inDoubt, command }));
      break;
    case "refused":
      sayWhyNot(world, { ...asked2, request, answer: { ...settled, afterLostAnswer: inDoubt, approvalId } });
      if (waited.isTooOld) {
        world.log.say(idTokenTooOldText());
      }
      break;
    case "would-grant":
    case "unavailable":
      sayWhyNot(world, { ...asked2, request, answer: settled });
      break;
  }
  await leaveNothing(world, request, inDoubt);
  return void 0;
}
function approvalIn({ settled, pending }) {
  return settled.kind === "refused" && ["access_denied", "expired_token"].includes(settled.refusal.code) ? pending.approvalId : void 0;
}
function leaveTrace({ log, files }, { details }, waited) {
  const facts = [
    ["ended", endOf(waited.settled)],
    ["waited", ageText(Math.floor(waited.waitedMs / 1e3))],
    ["approvers", waited.pending.approvers.join(", ")],
    ["approval", waited.pending.approvalId]
  ];
  const task = `approval of ${details[0]?.task ?? ""}`;
  warnOnError(
    log,
    "the summary could not be written",
    () => files.addSummary(summaryMarkdown({ task, details, facts }))
  );
}
function endOf(settled) {
  switch (settled.kind) {
    case "granted":
    case "would-grant":
      return "approved";
    case "refused":
      return settled.refusal.description ?? settled.refusal.code;
    case "unavailable":
      return settled.outage.sentence;
    case "too-long":
      return "not approved in time";
    case "cancelled":
      return "the step was cancelled";
  }
}

// src/life/request-token.ts
async function requestToken(world, request, waiting) {
  if (!request.dryRun) {
    saveState(world.files, { phase: "minting", issuer: request.issuer, folder: waiting.folder });
  }
  const answer2 = await mint(world.net, request, world.cancel.signal);
  switch (answer2.kind) {
    case "granted":
      return answer2;
    case "pending": {
      const granted = await approvedToken(world, { request, waiting }, answer2.pending);
      return granted === void 0 ? { kind: "none", code: 1 } : { kind: "granted", granted };
    }
    case "would-grant":
    case "refused":
    case "unavailable":
      sayWhyNot(world, { request, answer: answer2, waiting });
      await leaveNothing(world, request, mayHaveBeenGranted(request, answer2));
      return { kind: "none", code: answer2.kind === "would-grant" ? 0 : 1 };
  }
}

// src/inject/injector.ts
var import_node_crypto6 = require("node:crypto");
var import_node_stream2 = require("node:stream");
init_proxy();

// src/inject/front.ts
var import_node_crypto5 = require("node:crypto");
var MAX_TARGET = 4096;
var CREDENTIALS = ["authorization", "dpop", "proxy-authorization"];
var OF_BROWSERS = ["origin", "sec-fetch-site"];
var REFUSED_METHODS = ["TRACE", "CONNECT"];
var OVERRIDES = [
  "x-http-method-override",
  "x-http-method",
  "x-method-override",
  "x-original-url",
  "x-rewrite-url"
];
function pathBelow(asked2, ours) {
  const names = headerNames(asked2);
  if (!isForUs(asked2, ours)) {
    return fault("send requests to the address in TASKBOUND_URL as it stands, and no others");
  }
  if (names.some((name) => OF_BROWSERS.includes(name))) {
    return fault("a page in a browser gets no answer here: call the service from a program");
  }
  if (names.some((name) => CREDENTIALS.includes(name))) {
    return fault(
      "leave out the headers Authorization, Proxy-Authorization and DPoP: the token is added here"
    );
  }
  if (names.some((name) => OVERRIDES.includes(name.replaceAll("_", "-")))) {
    return fault("leave out headers that name another method or path: only the request line counts");
  }
  if (REFUSED_METHODS.includes(asked2.method)) {
    return fault("use another method: TRACE and CONNECT are not passed on");
  }
  if (tells(asked2, ours.secret)) {
    return fault(
      "a header holds the address in TASKBOUND_URL, which nobody else may know: write the service's own address there"
    );
  }
  if (names.includes("upgrade")) {
    return fault("leave out the header Upgrade: only plain HTTP requests are passed on");
  }
  const rest = asked2.target.slice(ours.secret.length + 1);
  const [path = "", query = ""] = splitOnce(rest);
  return asked2.target.length <= MAX_TARGET && (path === "" || isPlainPath(path)) && isPlainQuery(query) ? ok(rest) : fault(
    "write the path with letters, digits and ._~@+=,:-/ alone, without empty segments or dots at the end of one, and each parameter once"
  );
}
function isForUs({ target, rawHeaders }, { port, secret }) {
  const hosts = rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === "host");
  const [, first = ""] = /^\/([^/?]*)/.exec(target) ?? [];
  return hosts.length === 1 && hosts[0] === `127.0.0.1:${port}` && isSame(first, secret);
}
function tells({ rawHeaders }, secret) {
  return rawHeaders.some(
    (text, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() !== "referer" && text.includes(secret)
  );
}
function headerNames({ rawHeaders }) {
  return rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());
}
function splitOnce(text) {
  const at = text.indexOf("?");
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
function isSame(text, secret) {
  const digest = (value) => (0, import_node_crypto5.createHash)("sha256").update(value).digest();
  return (0, import_node_crypto5.timingSafeEqual)(digest(text), digest(secret));
}

// src/inject/headers.ts
var HOP_BY_HOP = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authentication-info",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade"
];
var OURS = ["host", "authorization", "dpop", "accept-encoding", "expect", "referer"];
var OF_PROOFS = ["dpop-nonce"];
function requestHeaders(raw) {
  const headers = kept(raw, OURS);
  const inPieces2 = pairs(raw).some(([name]) => name.toLowerCase() === "transfer-encoding");
  return {
    ...headers,
    "accept-encoding": "identity",
    ...inPieces2 && { "transfer-encoding": "chunked" }
  };
}
function answerHeaders(raw, forms) {
  const clean = pairs(raw).filter(([, value]) => !forms.some((form) => value.includes(form)));
  return kept(clean.flat(), OF_PROOFS);
}
function kept(raw, without) {
  const all = pairs(raw);
  const named2 = all.filter(([name]) => name.toLowerCase() === "connection").flatMap(([, value]) => value.split(",")).map((name) => name.trim().toLowerCase());
  const headers = {};
  for (const [name, value] of all) {
    const key = name.toLowerCase();
    if (!HOP_BY_HOP.includes(key) && !named2.includes(key) && !without.includes(key)) {
      const before = headers[key];
      headers[key] = before === void 0 ? value : [before, value].flat();
    }
  }
  return headers;
}
function pairs(raw) {
  return raw.flatMap((name, i) => i % 2 === 0 ? [[name, raw[i + 1] ?? ""]] : []);
}

// src/inject/kept-body.ts
var MAX_BYTES2 = 1024 * 1024;
function keepBody(request) {
  let pieces = [];
  let length = 0;
  const ended = new Promise((resolve5) => {
    request.once("end", resolve5);
    request.once("close", resolve5);
    request.on("data", (piece) => {
      length += piece.length;
      pieces = length <= MAX_BYTES2 ? pieces : void 0;
      pieces?.push(piece);
      if (pieces === void 0) {
        resolve5();
      }
    });
  });
  return {
    whole: async () => {
      request.resume();
      await ended;
      return pieces === void 0 || !request.complete ? void 0 : Buffer.concat(pieces);
    }
  };
}

// src/inject/mask-stream.ts
var import_node_stream = require("node:stream");
var STAR = 42;
function masking(texts) {
  const wanted = texts.map((text) => Buffer.from(text, "latin1")).sort((a, b) => b.length - a.length);
  let held = Buffer.alloc(0);
  return new import_node_stream.Transform({
    transform: (piece, _encoding, done) => {
      const bytes = Buffer.concat([held, piece]);
      for (const text of wanted) {
        star(bytes, text);
      }
      const keep = Math.max(0, ...wanted.map((text) => beginningAtTheEnd(bytes, text)));
      held = bytes.subarray(bytes.length - keep);
      done(null, bytes.subarray(0, bytes.length - keep));
    },
    flush: (done) => done(null, held)
  });
}
function star(bytes, wanted) {
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at)) {
    bytes.fill(STAR, at, at + wanted.length);
  }
}
function beginningAtTheEnd(bytes, wanted) {
  const first = wanted[0] ?? 0;
  let at = bytes.indexOf(first, Math.max(0, bytes.length - wanted.length + 1));
  while (at >= 0) {
    const tail = bytes.subarray(at);
    if (tail.equals(wanted.subarray(0, tail.length))) {
      return tail.length;
    }
    at = bytes.indexOf(first, at + 1);
  }
  return 0;
}

// src/inject/injector.ts
var CONNECT_TIMEOUT_MS2 = 1e4;
var CLOSING_MS = 500;
async function startInjector(injection) {
  const { createServer } = await Promise.resolve().then(() => __toESM(require("node:http"), 1));
  const secret = (0, import_node_crypto6.randomBytes)(32).toString("base64url");
  let hasEnded = false;
  const server = createServer((request, response) => {
    const asked2 = {
      method: request.method ?? "",
      target: request.url ?? "",
      rawHeaders: request.rawHeaders
    };
    const path = pathBelow(asked2, { port: portOf(server), secret });
    if (hasEnded) {
      refuse(response, 503, "the step has ended, and its token with it");
    } else if (path.kind === "fault") {
      refuse(response, 403, path.fault);
    } else {
      const local = `http://127.0.0.1:${portOf(server)}/${secret}`;
      const exchange2 = { injection, path: path.value, local, request, response };
      pass(exchange2, () => hasEnded).catch(() => refuse(response, 502, "the request could not be passed on"));
    }
  });
  server.requestTimeout = 0;
  await listen(server);
  return {
    url: `http://127.0.0.1:${portOf(server)}/${secret}`,
    secret,
    end: () => {
      hasEnded = true;
      server.close();
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), CLOSING_MS).unref();
    }
  };
}
async function pass(exchange2, hasEnded) {
  const { injection, request, response } = exchange2;
  let body;
  const first = await ask2(exchange2, (sent) => {
    body = injection.boundTo && keepBody(request);
    request.pipe(sent);
  });
  const answer2 = typeof first === "string" || hasEnded() ? first : await again(exchange2, first, body);
  if (typeof answer2 === "string") {
    refuse(response, 502, answer2);
  } else {
    handOn(exchange2, answer2);
  }
}
async function again(exchange2, answer2, body) {
  const { boundTo } = exchange2.injection;
  const nonce = answer2.headers["dpop-nonce"];
  boundTo?.heard(typeof nonce === "string" ? nonce : void 0);
  const wantsNonce2 = answer2.statusCode === 401 && nonce !== void 0 && /\buse_dpop_nonce\b/.test(answer2.headers["www-authenticate"] ?? "");
  if (boundTo === void 0 || !wantsNonce2) {
    return answer2;
  }
  const whole = await body?.whole();
  if (whole === void 0) {
    return answer2;
  }
  answer2.resume();
  const second = await ask2(exchange2, (sent) => sent.end(whole));
  if (typeof second !== "string") {
    const next = second.headers["dpop-nonce"];
    boundTo.heard(typeof next === "string" ? next : void 0);
  }
  return second;
}
async function ask2({ injection, path, request, response }, send2) {
  const url = new URL(injection.base + path);
  const stopped = new AbortController();
  response.once("close", () => stopped.abort());
  const sent = await open2(
    injection,
    url,
    { method: request.method ?? "", headers: headersFor(injection, request, url) },
    stopped.signal
  );
  if (typeof sent === "string") {
    return sent;
  }
  stopped.signal.addEventListener("abort", () => sent.destroy());
  return new Promise((resolve5) => {
    const late = setTimeout(() => sent.destroy(), CONNECT_TIMEOUT_MS2);
    sent.once(
      "socket",
      (socket) => socket.once("encrypted" in socket ? "secureConnect" : "connect", () => clearTimeout(late))
    );
    sent.on("error", () => resolve5(`no answer from ${url.host}`));
    sent.once("close", () => {
      clearTimeout(late);
      resolve5(`no answer from ${url.host}`);
    });
    sent.once("response", (answer2) => {
      clearTimeout(late);
      resolve5(
        isCoded(answer2) ? `the answer of ${url.host} is coded, although nothing asked for that` : answer2
      );
    });
    send2(sent);
  });
}
function headersFor({ token, boundTo }, { method = "", rawHeaders }, url) {
  const scheme = boundTo === void 0 ? "Bearer" : "DPoP";
  const proof = boundTo?.proof({ method, url: url.href, token });
  return {
    ...requestHeaders(rawHeaders),
    host: url.host,
    authorization: `${scheme} ${token.reveal()}`,
    ...proof !== void 0 && { dpop: proof }
  };
}
async function open2({ env }, url, line, signal) {
  const options = { ...line, agent: false };
  const proxy = proxyFor(url, env);
  switch (proxy.kind) {
    case "fault":
      return proxy.why;
    case "proxy": {
      const { throughProxy: throughProxy2 } = await Promise.resolve().then(() => (init_tunnel(), tunnel_exports));
      const opened = await Promise.resolve(throughProxy2(url, proxy.url, options, signal)).catch(
        () => void 0
      );
      return opened !== void 0 && "sent" in opened ? opened.sent : `no way through the proxy to ${url.host}`;
    }
    case "direct": {
      const { request } = url.protocol === "https:" ? await Promise.resolve().then(() => __toESM(require("node:https"), 1)) : await Promise.resolve().then(() => __toESM(require("node:http"), 1));
      return request(url, options);
    }
  }
}
function isCoded({ headers }) {
  return !["", "identity"].includes((headers["content-encoding"] ?? "").trim().toLowerCase());
}
function handOn({ injection, local, request, response }, answer2) {
  const headers = answerHeaders(answer2.rawHeaders, injection.echoes);
  const { location } = headers;
  if (typeof location === "string") {
    headers["location"] = ourOwn(location, { base: injection.base, local, request });
  }
  response.writeHead(answer2.statusCode ?? 502, headers);
  (0, import_node_stream2.pipeline)(answer2, masking(injection.echoes), response, () => {
  });
}
function ourOwn(place, { base, local, request }) {
  const asked2 = new URL(base + (request.url ?? "").replace(/^\/[^/?]*/, ""));
  if (!URL.canParse(place, asked2.href)) {
    return place;
  }
  const { href } = new URL(place, asked2);
  const root = new URL(base).href.replace(/\/$/, "");
  return href === root || href.startsWith(root) && /^[/?#]/.test(href.slice(root.length)) ? local + href.slice(root.length) : place;
}
function refuse(response, status, why) {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    connection: "close"
  });
  response.end(`taskbound: ${why}
`);
}
function portOf(server) {
  return server.address().port;
}
function listen(server) {
  return new Promise((resolve5, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve5);
  });
}

// src/receipt/ask.ts
var MAX_BYTES3 = 256 * 1024;
async function askForReceipt(net, asking, signal) {
  const objection = objectionTo2(asking);
  if (objection !== void 0) {
    return { kind: "none", why: objection };
  }
  const parameters2 = toParameters2(asking);
  const request = { ...formPost(asking.issuer, "/receipt", parameters2), maxAnswerBytes: MAX_BYTES3 };
  const reply = await send(net, { request, patience: RECEIPT_PATIENCE, signal });
  if (reply.kind === "none") {
    return { kind: "none", why: reply.outage.sentence };
  }
  const body = parseJsonObject(reply.body);
  if (reply.status === 200 && body !== void 0 && textOf2(body, "payload") !== void 0) {
    return { kind: "received", envelope: reply.body };
  }
  const refusal = parseRefusal(body, parameters2["token"] ?? parameters2["subject_token"] ?? "");
  const why = refusal ? `refused: ${refusal.code}` : notAnIssuer(reply, "without a receipt").sentence;
  return { kind: "none", why };
}
function objectionTo2({ issuer, audience, by }) {
  const named2 = audience === void 0 ? [] : [audience];
  return by.kind === "holder" ? void 0 : audienceObjection(by.idToken, { issuer, named: named2 });
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
var import_node_crypto7 = require("node:crypto");
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
    return (0, import_node_crypto7.createPublicKey)({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
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
var import_node_crypto8 = require("node:crypto");

// src/base/repeated-names.ts
function hasRepeatedNames(json) {
  const open3 = [];
  for (const [token, name] of json.matchAll(TOKENS)) {
    if (token === "{" || token === "[") {
      open3.push(/* @__PURE__ */ new Set());
    } else if (token === "}" || token === "]") {
      open3.pop();
    } else if (name !== void 0) {
      const names = open3.at(-1);
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
  return (0, import_node_crypto8.verify)("sha256", preAuthenticationEncoding(payload), { key, dsaEncoding: "der" }, signature);
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
  return predicate !== void 0 && isReceipt && !hasRepeatedNames(text) && namesAll(predicate) ? read2(predicate) : void 0;
}
function read2(predicate) {
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
  const named2 = statement.issuer.replace(/\/$/, "");
  return named2 === issuer ? void 0 : `it names another issuer: if ${printable(named2)} is yours, write the input issuer like that`;
}

// src/receipt/obtain.ts
async function obtainReceipt(net, asking, signal) {
  const answer2 = await askForReceipt(net, asking, signal);
  if (answer2.kind === "none") {
    return answer2;
  }
  const published = await askForKeys(net, asking.issuer, signal);
  if (published.kind === "none") {
    return none2(`it came, and the issuer's keys to verify it did not: ${published.why}`);
  }
  const { issuer, handle } = asking;
  const verified = verifyReceipt(answer2.envelope, { issuer, handle, keys: published.keys });
  return verified.kind === "ok" ? { kind: "verified", receipt: verified.value } : none2(`what came was not kept: ${verified.fault}`);
}
function none2(why) {
  return { kind: "none", why };
}

// src/issuer/renew.ts
async function renew(net, lease, signal) {
  const secret = lease.token.reveal();
  const verifier = lease.holder.verifier.reveal();
  const reply = await send(net, {
    request: formPost(lease.issuer, "/renew", { token: secret, holder_verifier: verifier }),
    patience: heartbeatPatience(lease.leaseMs),
    signal
  });
  if (reply.kind === "none") {
    return { kind: "unavailable", outage: reply.outage };
  }
  lease.boundTo?.heard(reply.nonce);
  const body = parseJsonObject(reply.body);
  if (reply.status === 200) {
    return body && secondsOrNoneOf(body, "lease_expires_in") !== void 0 ? { kind: "renewed" } : { kind: "unavailable", outage: notAnIssuer(reply, "without a lease") };
  }
  const refusal = parseRefusal(body, secret);
  return refusal === void 0 ? { kind: "unavailable", outage: notAnIssuer(reply, "without an OAuth error") } : { kind: "refused", refusal };
}

// src/token/heartbeat.ts
function startHeartbeat(net, lease, listener) {
  const controller = new AbortController();
  let dead = false;
  const lost = (refusal) => {
    dead = refusal.code === "invalid_grant";
    controller.abort();
    listener.lost(refusal);
  };
  void beat(net, lease, { ...listener, lost, signal: controller.signal });
  return { stop: () => controller.abort(), isDead: () => dead };
}
async function beat(net, lease, run2) {
  const { lost, missed, renewed, signal } = run2;
  for (; ; ) {
    await net.sleep(lease.leaseMs / 3, signal);
    if (signal.aborted) {
      return;
    }
    const answer2 = await renew(net, lease, signal);
    if (signal.aborted) {
      return;
    }
    switch (answer2.kind) {
      case "renewed":
        renewed();
        break;
      case "refused":
        lost(answer2.refusal);
        break;
      case "unavailable":
        missed(answer2.outage);
        break;
    }
  }
}

// src/token/held-token.ts
function hold(world, issuer, granted) {
  let heartbeat;
  let ended;
  const end = async () => {
    heartbeat?.stop();
    const what = { kind: "token", token: granted.token };
    const outcome = await withDeadline(
      world,
      (patience, signal) => close(world.net, { issuer, what, patience }, signal)
    );
    const isDead = heartbeat?.isDead() === true || world.net.now() >= granted.expiresAt;
    return isDead ? { kind: "already-dead" } : outcome;
  };
  return {
    granted,
    beat: (renewed) => {
      heartbeat = heartbeatOf(world, { issuer, granted, renewed });
    },
    end: () => {
      ended ??= end();
      return ended;
    },
    receipt: () => {
      const { handle, token, holder } = granted;
      const by = { kind: "holder", token, holder };
      return obtainReceipt(world.net, { issuer, handle, by }, world.cancel.signal);
    }
  };
}
function heartbeatOf(world, { issuer, granted, renewed }) {
  const { leaseSeconds, token, holder, handle, boundTo } = granted;
  if (leaseSeconds === void 0) {
    return void 0;
  }
  const lease = { issuer, token, holder, leaseMs: leaseSeconds * 1e3, boundTo };
  return startHeartbeat(world.net, lease, {
    // Plain lines: a token that has spent its one use is also dead, and the command may continue.
    lost: ({ code }) => world.log.say(lostText({ handle, code })),
    missed: ({ sentence }) => world.log.say(missedText({ handle, why: sentence })),
    renewed
  });
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
function concludeStep({ log, files }, ended) {
  sayEnd(log, ended);
  warnOnError(log, "output, state and summary could not be written", () => leaveTraces(files, ended));
}
function leaveTraces(files, ended) {
  if (ended.outcome.kind !== "failed") {
    saveState(files, { phase: "done" });
  }
  files.setOutput("closed-by", ended.outcome.kind === "closed" ? ended.by : "nobody");
}
function stepSummary(granted, ended, more) {
  return summaryMarkdown({
    task: taskOf(granted),
    details: granted.details,
    facts: [
      ["granted", isoSeconds(granted.grantedAt)],
      ["lived", livedText(ended.livedMs ?? 0)],
      ["closed by", endText(ended)],
      ...more,
      ["handle", ended.handle]
    ]
  });
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
function taskOf(granted) {
  return granted.details[0]?.task ?? "";
}

// src/life/output-token.ts
function outputToken({ log, files }, granted, scope) {
  files.setOutput("token", granted.token.reveal());
  files.setOutput("closed-by", "nobody");
  if (granted.leaseSeconds !== void 0) {
    log.say([
      `the token has a lease of ${granted.leaseSeconds} s, and nothing renews it between steps: it dies after that time`
    ]);
  }
  files.addSummary(
    summaryMarkdown({
      task: taskOf(granted),
      details: granted.details,
      facts: [
        ["granted", isoSeconds(granted.grantedAt)],
        ["handed to", receiverOf(scope)],
        ["expires", isoSeconds(granted.expiresAt)],
        ["handle", granted.handle]
      ]
    })
  );
  return 0;
}
function receiverOf(scope) {
  switch (scope) {
    case "until-closed":
      return "later steps, until the action close";
    case "job":
      return "every later step of the job";
  }
}

// src/credential/aws-endpoint.ts
var import_node_crypto9 = require("node:crypto");
async function awsEndpoint(first) {
  const { createServer } = await Promise.resolve().then(() => __toESM(require("node:http"), 1));
  const secret = (0, import_node_crypto9.randomBytes)(32).toString("base64url");
  const path = `/${(0, import_node_crypto9.randomBytes)(16).toString("base64url")}`;
  let served = first;
  const server = createServer((request, response) => {
    const status = statusFor(request, { path, secret, port: portOf2(server) });
    answer(response, status === 200 ? served : void 0, status);
  });
  await listen2(server);
  return {
    uri: `http://127.0.0.1:${portOf2(server)}${path}`,
    secret,
    serve: (credential) => {
      served = served && credential;
    },
    end: () => {
      served = void 0;
      server.close();
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), CLOSING_MS2).unref();
    }
  };
}
var CLOSING_MS2 = 500;
function statusFor(request, ours) {
  const { host, authorization } = request.headers;
  if (host !== `127.0.0.1:${ours.port}` || !isSame2(authorization ?? "", ours.secret)) {
    return 403;
  }
  return request.method === "GET" && request.url === ours.path ? 200 : 404;
}
function isSame2(text, secret) {
  const digest = (value) => (0, import_node_crypto9.createHash)("sha256").update(value).digest();
  return (0, import_node_crypto9.timingSafeEqual)(digest(text), digest(secret));
}
function answer(response, credential, status) {
  const body = credential === void 0 ? { code: "AccessDenied", message: "taskbound: no credentials for this request" } : {
    AccessKeyId: credential.accessKeyId.reveal(),
    SecretAccessKey: credential.secretAccessKey.reveal(),
    Token: credential.sessionToken.reveal(),
    Expiration: isoSeconds(credential.expiresAt),
    RoleArn: credential.roleArn
  };
  response.writeHead(status === 200 && credential === void 0 ? 403 : status, {
    "content-type": "application/json",
    "cache-control": "no-store"
  });
  response.end(JSON.stringify(body));
}
function portOf2(server) {
  return server.address().port;
}
function listen2(server) {
  return new Promise((resolve5, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve5);
  });
}

// src/credential/fetch-credential.ts
async function fetchCredential(net, { issuer, granted, patience }, signal) {
  const wire = granted.credentialKind ?? "";
  const kind = credentialKind(wire);
  if (kind === void 0) {
    const why = `this version does not know credentials of the kind ${wire}; use a newer one`;
    return { kind: "unavailable", outage: notSent(why) };
  }
  const token = granted.token.reveal();
  const verifier = granted.holder.verifier.reveal();
  const request = formPost(issuer, "/credential", { token, holder_verifier: verifier });
  const reply = await send(net, { request, patience, signal });
  return reply.kind === "none" ? { kind: "unavailable", outage: reply.outage } : read3(reply, kind, [token, verifier]);
}
function read3(received, granted, [token, verifier]) {
  const body = parseJsonObject(received.body);
  if (received.status === 200) {
    if (body === void 0) {
      return { kind: "unavailable", outage: notAnIssuer(received, "without a credential") };
    }
    const credential = parseCredential(body, granted);
    return credential.kind === "ok" ? { kind: "delivered", credential: credential.value } : {
      kind: "unavailable",
      outage: notAnIssuer(received, `with a credential that cannot be used: ${credential.fault}`)
    };
  }
  const refusal = parseRefusal(body, token);
  return refusal === void 0 ? { kind: "unavailable", outage: notAnIssuer(received, "without an OAuth error") } : { kind: "refused", refusal: withoutSecret(refusal, verifier) };
}
function withoutSecret(refusal, secret) {
  return refusal.description?.includes(secret) === true ? { ...refusal, description: void 0 } : refusal;
}

// src/credential/step-variables.ts
var HELPER = `!f() { test "$1" = get && printf 'username=x-access-token\\npassword=%s\\n' "$GH_TOKEN"; }; f`;
function githubVariables(credential, own2) {
  const token = credential.token.reveal();
  const { host, hostname } = new URL(credential.serverUrl);
  return {
    added: {
      GH_TOKEN: token,
      // gh takes GH_TOKEN for github.com and ghe.com only.
      ...hostname !== "github.com" && { GH_HOST: host, GH_ENTERPRISE_TOKEN: token },
      GIT_TERMINAL_PROMPT: "0",
      ...gitSettings(credential.serverUrl, own2)
    },
    taken: ["GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN", "GH_HOST"]
  };
}
function gitSettings(server, own2) {
  const count = valueIn(own2, "GIT_CONFIG_COUNT") ?? "";
  const first = /^\d{1,4}$/.test(count) ? Number(count) : 0;
  const settings = [
    [`credential.${server}.helper`, ""],
    [`credential.${server}.helper`, HELPER],
    [`credential.${server}.useHttpPath`, "false"],
    // actions/checkout leaves a header with the job's own token.
    [`http.${server}/.extraheader`, ""]
  ];
  const numbered = settings.flatMap(([key, value], at) => [
    [`GIT_CONFIG_KEY_${first + at}`, key],
    [`GIT_CONFIG_VALUE_${first + at}`, value]
  ]);
  return { ...Object.fromEntries(numbered), GIT_CONFIG_COUNT: String(first + settings.length) };
}
function awsVariables(credential, place, own2) {
  const region = hasRegion(own2) ? void 0 : credential.region;
  return {
    added: {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: place.uri,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: place.authorizationFile,
      AWS_SHARED_CREDENTIALS_FILE: place.emptyFile,
      AWS_CONFIG_FILE: place.emptyFile,
      // botocore looks for keys there before it asks an endpoint.
      BOTO_CONFIG: place.emptyFile,
      // After the step nothing may fall back to the role of the machine.
      AWS_EC2_METADATA_DISABLED: "true",
      ...region !== void 0 && { AWS_REGION: region, AWS_DEFAULT_REGION: region }
    },
    taken: [
      "AWS_ACCESS_KEY_ID",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_SESSION_TOKEN",
      "AWS_SECURITY_TOKEN",
      "AWS_CREDENTIAL_EXPIRATION",
      "AWS_CREDENTIAL_FILE",
      "AWS_PROFILE",
      "AWS_DEFAULT_PROFILE",
      "AWS_WEB_IDENTITY_TOKEN_FILE",
      "AWS_ROLE_ARN",
      "AWS_ROLE_SESSION_NAME",
      "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
      "AWS_CONTAINER_AUTHORIZATION_TOKEN"
    ]
  };
}
function hasRegion(own2) {
  return valueIn(own2, "AWS_REGION") !== void 0 || valueIn(own2, "AWS_DEFAULT_REGION") !== void 0;
}
function openbaoVariables(credential) {
  const { address, namespace } = credential;
  const token = credential.token.reveal();
  return {
    added: {
      VAULT_TOKEN: token,
      VAULT_ADDR: address,
      BAO_TOKEN: token,
      BAO_ADDR: address,
      ...namespace !== void 0 && { VAULT_NAMESPACE: namespace, BAO_NAMESPACE: namespace }
    },
    // An agent's address comes before the server's, and would get the token; a namespace of another server is wrong.
    taken: ["VAULT_AGENT_ADDR", "BAO_AGENT_ADDR", "VAULT_NAMESPACE", "BAO_NAMESPACE"]
  };
}
function valueIn(own2, name) {
  return Object.entries(own2).find(([key]) => key.toUpperCase() === name)?.[1];
}

// src/life/step-credential.ts
async function obtainCredential(world, obtaining) {
  const { granted } = obtaining.held;
  const asking = { issuer: obtaining.issuer, granted, patience: DEFAULT_PATIENCE };
  const answer2 = await fetchCredential(world.net, asking, world.cancel.signal);
  if (answer2.kind !== "delivered") {
    world.log.fail(notDeliveredText(answer2));
    return void 0;
  }
  const { credential } = answer2;
  world.log.mask(masksOfCredential(credential));
  world.log.say(deliveredText(credential));
  switch (credential.kind) {
    case "github-app":
      return lasting(githubVariables(credential, world.env));
    case "openbao":
      return lasting(openbaoVariables(credential));
    case "aws-role":
      return serve(world, obtaining, credential);
  }
}
function lasting(variables) {
  return { variables, refresh: () => {
  }, end: () => {
  } };
}
async function serve(world, obtaining, credential) {
  const { folder } = obtaining;
  const endpoint = await awsEndpoint(credential);
  const place = {
    uri: endpoint.uri,
    authorizationFile: folder.write("authorization", endpoint.secret),
    emptyFile: folder.write("empty", "")
  };
  const variables = awsVariables(credential, place, world.env);
  const refreshing = credential.refreshed ? startRefreshing(world, obtaining, { endpoint, first: credential }) : { refresh: () => {
  }, stop: () => {
  } };
  return {
    variables,
    refresh: refreshing.refresh,
    end: () => {
      refreshing.stop();
      endpoint.end();
    }
  };
}
function startRefreshing(world, { issuer, held }, { endpoint, first }) {
  const { granted } = held;
  const patience = heartbeatPatience((granted.leaseSeconds ?? 0) * 1e3);
  const controller = new AbortController();
  let latest = first;
  let running = false;
  let warned = false;
  const fetchOnce = async () => {
    const answer2 = await fetchCredential(world.net, { issuer, granted, patience }, controller.signal);
    if (controller.signal.aborted) {
      return;
    }
    if (answer2.kind === "delivered" && answer2.credential.kind === "aws-role") {
      world.log.mask(masksOfNext(answer2.credential));
      endpoint.serve(answer2.credential);
      latest = answer2.credential;
    } else if (answer2.kind !== "delivered" && !warned) {
      warned = true;
      const why = answer2.kind === "refused" ? answer2.refusal.code : answer2.outage.sentence;
      world.log.warn(notRefreshedText(latest, why));
    }
  };
  return {
    refresh: () => {
      if (!running) {
        running = true;
        void fetchOnce().finally(() => {
          running = false;
        });
      }
    },
    stop: () => controller.abort()
  };
}

// src/command/child-environment.ts
var OF_RUNNER = /^ACTIONS_RUNTIME_|^ACTIONS_(RESULTS|CACHE)_URL$|^GITHUB_STATE$/;
var ID_TOKENS = [
  "ACTIONS_ID_TOKEN_REQUEST_URL",
  "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
  "BITBUCKET_STEP_OIDC_TOKEN",
  "BITRISE_IDENTITY_TOKEN",
  "CIRCLE_OIDC_TOKEN",
  "CIRCLE_OIDC_TOKEN_V2",
  "CI_JOB_JWT",
  "CI_JOB_JWT_V1",
  "CI_JOB_JWT_V2",
  "SEMAPHORE_OIDC_TOKEN",
  "SPACELIFT_OIDC_TOKEN",
  "SYSTEM_OIDCREQUESTURI",
  "TASKBOUND_ID_TOKEN",
  "TFC_WORKLOAD_IDENTITY_TOKEN",
  "VERCEL_OIDC_TOKEN"
];
var OF_TOKEN = [
  "TASKBOUND_TOKEN",
  "TASKBOUND_TOKEN_FILE",
  "TASKBOUND_HEADER_FILE",
  "TASKBOUND_URL"
];
var JWT = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}$/;
function childEnvironment(env, given, taking) {
  const kept2 = Object.entries(env).filter(
    ([name, value]) => isKept(name.toUpperCase(), taking.ours) && (taking.passIdToken || !isIdToken(name, value, taking))
  );
  const { added, taken } = variablesOf(given, env);
  const left2 = kept2.filter(([name]) => !taken.includes(name.toUpperCase()));
  return { ...Object.fromEntries(left2), ...added, TASKBOUND_HANDLE: given.handle };
}
function variablesOf(given, env) {
  if (given.kind === "credential") {
    const { added, taken } = given.variables;
    return { added, taken: [...taken, ...Object.keys(added), ...OF_TOKEN] };
  }
  if (given.kind === "address") {
    return {
      added: { TASKBOUND_URL: given.url, ...exemptingLoopback(env) },
      taken: [...OF_TOKEN, "NO_PROXY"]
    };
  }
  const { token, tokenFile, headerFile } = given;
  return {
    added: { TASKBOUND_TOKEN: token, TASKBOUND_TOKEN_FILE: tokenFile, TASKBOUND_HEADER_FILE: headerFile },
    taken: OF_TOKEN
  };
}
function exemptingLoopback(env) {
  const small = (env["no_proxy"] ?? "").trim();
  const capital = (env["NO_PROXY"] ?? "").trim();
  return { no_proxy: withLoopback(small || capital), NO_PROXY: withLoopback(capital || small) };
}
function withLoopback(list) {
  if (list === "*" || list.split(/[,\s]+/).includes("127.0.0.1")) {
    return list;
  }
  return list === "" ? "127.0.0.1" : `${list},127.0.0.1`;
}
function isKept(name, ours) {
  return !OF_RUNNER.test(name) && !ours.some((own2) => own2.toUpperCase() === name);
}
function isIdToken(name, value, taking) {
  const upper = name.toUpperCase();
  return ID_TOKENS.includes(upper) || upper === taking.idTokenVariable?.toUpperCase() || isFor(taking.audiences.map(withoutSlash3), (value ?? "").trim());
}
function isFor(audiences, text) {
  const token = JWT.test(text) ? parseSecret("ID token", text) : void 0;
  return token !== void 0 && audiencesOf(token).some((name) => audiences.includes(withoutSlash3(name.replace(/#.*/s, ""))));
}
function withoutSlash3(url) {
  return url.replace(/\/$/, "");
}

// src/command/script.ts
function fixedUp(script, dialect, platform) {
  const text = withFrame(script, dialect);
  return platform === "win32" ? text.replace(/\r?\n/g, "\r\n") : text;
}
function withFrame(script, dialect) {
  switch (dialect) {
    case "powershell":
      return [
        "$ErrorActionPreference = 'stop'",
        script,
        "if ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }"
      ].join("\n");
    case "cmd":
      return `@echo off
${script}`;
    case "posix":
    case "other":
      return script;
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
      ({ at, ...who2 }) => ["approved by", `${approverText(who2)}, at ${at}`]
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
function keepReceipt({ log, writeText }, { file, handle }, answer2) {
  if (answer2.kind === "none") {
    log.warn([
      `no receipt in ${file} (${answer2.why}); the step is as it was`,
      `the issuer's operator can get it: taskbound receipt ${handle}`
    ]);
    return void 0;
  }
  const { receipt } = answer2;
  let kept2;
  warnOnError(log, `no receipt in ${file}: it could not be written`, () => {
    writeText(file, `${receipt.envelope}
`);
    log.say([`the receipt is in ${file}`]);
    kept2 = {
      file,
      facts: [...receiptFacts(receipt), ["receipt", file]],
      approvedBy: receipt.statement.approvers?.map(approverText).join(", ")
    };
  });
  return kept2;
}
function leaveOutputs(files, { file, approvedBy }) {
  files.setOutput("receipt", file);
  if (approvedBy !== void 0) {
    files.setOutput("approved-by", approvedBy);
  }
}

// src/life/wrapped-command.ts
function prepare(world, command, taking) {
  const folder = world.makeFolder();
  const text = fixedUp(command.script, command.shell.dialect, world.machine.platform);
  const script = folder.write(`script${command.shell.extension}`, text);
  return { command, folder, script, taking: { ...taking, passIdToken: command.passIdToken } };
}
async function runWithToken(world, held, run2) {
  const code = await runHolding(world, held, run2);
  if (code !== 0 && !world.cancel.signal.aborted) {
    world.log.fail([`Process completed with exit code ${code}.`]);
  }
  return code;
}
async function runHolding(world, held, run2) {
  const { prepared, credential, injector } = run2;
  if (world.cancel.signal.aborted) {
    await endToken(world, held, "cancelled", void 0);
    return 128 + signalNumber(await world.cancel.asked);
  }
  const child = world.startChild(childSpec(world, held.granted, run2));
  world.log.commandStarts();
  const first = await Promise.race([child.ended, world.cancel.asked]);
  credential?.end();
  injector?.end();
  if (typeof first === "number") {
    world.log.commandEnds();
    await endToken(world, held, "step", prepared.command.receipt);
    return first;
  }
  child.signal(first);
  const [, code] = await Promise.all([endToken(world, held, "cancelled", void 0), endOf2(world, child)]);
  world.log.commandEnds();
  return code ?? 128 + signalNumber(first);
}
async function endOf2({ net, cancel }, child) {
  const waited = new AbortController();
  const grace = net.sleep(CANCEL_GRACE_MS, waited.signal).then(() => void 0);
  const insisted = cancel.insisted.then(() => void 0);
  const code = await Promise.race([child.ended, insisted, grace]);
  waited.abort();
  child.signal("SIGKILL");
  await child.ended;
  return code;
}
async function endToken(world, held, by, receipt) {
  const { handle, expiresAt, grantedAt } = held.granted;
  const outcome = await held.end();
  const livedMs = Math.min(world.net.now(), expiresAt) - grantedAt;
  const ended = { handle, by, outcome, expiresAt, livedMs };
  concludeStep(world, ended);
  const kept2 = receipt === void 0 ? void 0 : keepReceipt(world, { file: receipt, handle }, await held.receipt());
  warnOnError(world.log, "output, state and summary could not be written", () => {
    if (kept2 !== void 0) {
      leaveOutputs(world.files, kept2);
    }
    world.files.addSummary(stepSummary(held.granted, ended, kept2?.facts ?? []));
  });
}
function childSpec({ env, machine }, granted, run2) {
  const { command, script, taking } = run2.prepared;
  const given = givenTo(granted, run2);
  return {
    executable: command.shell.executable,
    args: argumentsFor(command.shell, script),
    cwd: command.cwd,
    env: childEnvironment(env, given, taking),
    platform: machine.platform,
    verbatim: command.shell.dialect === "cmd"
  };
}
function givenTo(granted, { prepared, credential, injector }) {
  const { handle } = granted;
  if (injector !== void 0) {
    return { kind: "address", handle, url: injector.url };
  }
  if (credential !== void 0) {
    return { kind: "credential", handle, variables: credential.variables };
  }
  const token = granted.token.reveal();
  return {
    kind: "token",
    handle,
    token,
    tokenFile: prepared.folder.write("token", token),
    headerFile: prepared.folder.write("header", `Authorization: Bearer ${token}
`)
  };
}

// src/life/use-token.ts
async function useToken(world, grant) {
  const { issuer, granted, use } = grant;
  const held = hold(world, issuer, granted);
  try {
    announce(world, grant);
    switch (use.kind) {
      case "command":
        return await runCommand(world, { issuer, held, prepared: use.command });
      case "output":
        if (granted.credentialKind !== void 0) {
          world.log.fail(noOutputText(granted.credentialKind));
          await endToken(world, held, "step", void 0);
          return { code: 1, by: "us" };
        }
        return { code: outputToken(world, granted, use.scope), by: "us" };
      case "nothing":
        await held.end();
        return { code: 1, by: "us" };
    }
  } catch (fault2) {
    await held.end();
    throw fault2;
  }
}
function noOutputText(kind) {
  return [
    `this task delivers a credential (${kind}), and only a command can have it`,
    "write run: <command> instead of scope"
  ];
}
async function runCommand(world, { issuer, held, prepared }) {
  let refresh = () => {
  };
  held.beat(() => refresh());
  const { credentialKind: credentialKind2 } = held.granted;
  if (prepared.command.inject !== void 0) {
    return runWithInjection(world, { held, prepared, base: prepared.command.inject });
  }
  if (credentialKind2 === void 0) {
    const run2 = { prepared, credential: void 0, injector: void 0 };
    return { code: await runWithToken(world, held, run2), by: "command" };
  }
  const credential = await obtainCredential(world, { issuer, held, folder: prepared.folder });
  if (credential === void 0) {
    await endToken(world, held, world.cancel.signal.aborted ? "cancelled" : "step", void 0);
    return { code: 1, by: "us" };
  }
  refresh = credential.refresh;
  try {
    const run2 = { prepared, credential, injector: void 0 };
    return { code: await runWithToken(world, held, run2), by: "command" };
  } finally {
    credential.end();
  }
}
async function runWithInjection(world, { held, prepared, base }) {
  const { token, boundTo, credentialKind: credentialKind2 } = held.granted;
  if (credentialKind2 !== void 0) {
    world.log.fail(notInjectedText(credentialKind2));
    await endToken(world, held, "step", void 0);
    return { code: 1, by: "us" };
  }
  const echoes = echoesOf(token);
  const injector = await startInjector({ base, token, echoes, boundTo, env: world.env });
  try {
    world.log.mask([injector.secret]);
    world.log.say(injectedText({ service: base, isBound: boundTo !== void 0 }));
    const run2 = { prepared, credential: void 0, injector };
    return { code: await runWithToken(world, held, run2), by: "command" };
  } finally {
    injector.end();
  }
}
function announce({ log, files }, { issuer, granted, txn, use }) {
  log.mask(masksOf(granted.token));
  saveState(files, {
    phase: "held",
    issuer,
    scope: use.kind === "output" ? use.scope : "step",
    handle: granted.handle,
    task: taskOf(granted),
    grantedAt: Math.floor(granted.grantedAt),
    expiresAt: Math.floor(granted.expiresAt),
    folder: use.kind === "command" ? use.command.folder.path : void 0
  });
  log.say(grantedText(granted));
  files.setOutput("handle", granted.handle);
  files.setOutput("txn", txn);
  files.setOutput("expires-at", isoSeconds(granted.expiresAt));
}

// src/life/main-part.ts
var NO_TOKEN = 1;
var WRONG_USAGE = 2;
async function mainPart(world) {
  const settings = parseMainSettings(world.env, world.machine);
  if (settings.kind === "fault") {
    world.log.fail(settings.fault.split("\n"));
    return WRONG_USAGE;
  }
  const ended = await withIdToken(world, settings.value);
  return ended.by === "us" && world.cancel.signal.aborted ? 128 + signalNumber(await world.cancel.asked) : ended.code;
}
async function withIdToken(world, settings) {
  const { source, audience } = settings.wish;
  const signed = await fetchIdToken(world, { source, audience });
  if (signed.kind === "failed") {
    const notRun = settings.use.kind === "command" ? ["the command was not run"] : [];
    world.log.fail([`no ID token: ${signed.why}`, ...notRun]);
    return { code: NO_TOKEN, by: "us" };
  }
  world.log.mask(plainMasksOf(signed.idToken));
  return withFiles(world, settings, signed.idToken);
}
async function withFiles(world, settings, idToken) {
  const taking = takingOf(settings.wish);
  const use = prepareUse(world, settings.use, taking);
  const folder = use.kind === "command" ? use.command.folder : void 0;
  const txn = world.randomUuid();
  const holder = newHolder();
  const { source, approvalWaitSeconds } = settings.wish;
  const command = use.kind === "command";
  const waiting = { command, folder: folder?.path, source, approvalWaitSeconds };
  const proofKey = use.kind === "command" && use.command.command.inject ? newProofKey(world.net.now) : void 0;
  try {
    const answer2 = await requestToken(world, { ...settings.wish, idToken, txn, holder, proofKey }, waiting);
    if (answer2.kind === "none") {
      return { code: answer2.code, by: "us" };
    }
    return await useToken(world, { issuer: settings.wish.issuer, granted: answer2.granted, txn, use });
  } finally {
    warnOnError(world.log, "the files for the command could not be removed", () => folder?.remove());
  }
}
function takingOf({ source, issuer, audience }) {
  const idTokenVariable = source.kind === "variable" ? source.name : void 0;
  const ours = [STATE_VARIABLE, ...INPUT_NAMES.map(inputVariable)];
  return { ours, idTokenVariable, audiences: [issuer, audience] };
}
function prepareUse(world, use, taking) {
  switch (use.kind) {
    case "command":
      return { kind: "command", command: prepare(world, use.command, taking) };
    case "output":
    case "nothing":
      return use;
  }
}

// src/main.ts
run(mainPart);
