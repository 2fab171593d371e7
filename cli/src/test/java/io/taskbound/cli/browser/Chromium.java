// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.browser;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A headless Chromium on one page, driven by the DevTools protocol; closing it leaves no process behind. */
public final class Chromium implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonObject>> asked;
    private final AtomicInteger number = new AtomicInteger();

    private Chromium(Process process, WebSocket socket, Map<Integer, CompletableFuture<JsonObject>> asked) {
        this.process = process;
        this.socket = socket;
        this.asked = asked;
    }

    /** Where on the path one is. */
    public static Optional<Path> installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param folder for its profile */
    public static Chromium start(Path program, Path folder) throws Exception {
        var process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--no-proxy-server",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
            var http = HttpClient.newHttpClient();
            var socket = http.newWebSocketBuilder()
                    .buildAsync(target(http, port(folder, process)), new Answers(asked))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return new Chromium(process, socket, asked);
        } catch (Exception | AssertionError failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    private static int port(Path folder, Process process) throws IOException, InterruptedException {
        var file = folder.resolve("DevToolsActivePort");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            if (Files.exists(file) && Files.readString(file).contains("\n")) {
                return Integer.parseInt(Files.readAllLines(file).get(0));
            }
            Thread.sleep(50);
        }
        throw new AssertionError("Chromium did not start");
    }

    private static URI target(HttpClient http, int port) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var list = StrictJson.parse(
                    http.send(request, BodyHandlers.ofByteArray()).body());
            var page = ((JsonArray) list)
                    .items().stream()
                            .map(JsonObject.class::cast)
                            .filter(one -> one.string("type").orElse("").equals("page"))
                            .findFirst();
            if (page.isPresent()) {
                return URI.create(page.get().string("webSocketDebuggerUrl").orElseThrow());
            }
            Thread.sleep(50);
        }
        throw new AssertionError("Chromium has no page");
    }

    private static final class Answers implements WebSocket.Listener {
        private final Map<Integer, CompletableFuture<JsonObject>> asked;
        private final StringBuilder text = new StringBuilder();

        Answers(Map<Integer, CompletableFuture<JsonObject>> asked) {
            this.asked = asked;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    var message = StrictJson.parseObject(text.toString().getBytes(StandardCharsets.UTF_8));
                    var id = message.wholeNumber("id");
                    if (id.isPresent()) {
                        Optional.ofNullable(asked.remove((int) id.getAsLong()))
                                .ifPresent(waiting -> waiting.complete(message));
                    }
                } catch (MalformedJson none) {
                    asked.values().forEach(waiting -> waiting.completeExceptionally(none));
                }
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    private JsonObject ask(String method, JsonObject parameters) throws Exception {
        int id = number.incrementAndGet();
        var answer = new CompletableFuture<JsonObject>();
        asked.put(id, answer);
        socket.sendText(
                JsonText.of(JsonObject.builder()
                        .put("id", id)
                        .put("method", method)
                        .put("params", parameters)
                        .build()),
                true);
        return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    public void open(URI page) throws Exception {
        ask("Page.navigate", JsonObject.builder().put("url", page.toString()).build());
    }

    /** What an expression is worth in the page, as text. */
    public String valueOf(String expression) throws Exception {
        var answer = ask(
                "Runtime.evaluate",
                JsonObject.builder()
                        .put("expression", "String(" + expression + ")")
                        .put("returnByValue", true)
                        .build());
        return answer.object("result")
                .flatMap(result -> result.object("result"))
                .flatMap(result -> result.string("value"))
                .orElse("");
    }

    /** Waits for a page that has this element. */
    public void await(String selector) throws Exception {
        awaitTrue("document.querySelector('" + selector + "') !== null");
    }

    public void awaitText(String text) throws Exception {
        awaitTrue("document.body !== null && document.body.textContent.includes('" + text + "')");
    }

    private void awaitTrue(String expression) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (valueOf(expression).equals("true")) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the page never had it: " + expression + "; it is " + valueOf("location.href") + ": "
                + valueOf("document.body && document.body.textContent"));
    }

    /** As a person does, with the mouse. */
    public void click(String selector) throws Exception {
        await(selector);
        valueOf("document.querySelector('" + selector + "').scrollIntoView({block: 'center'})");
        var at = valueOf("(r => (r.left + r.width / 2) + ' ' + (r.top + r.height / 2))(document.querySelector('"
                        + selector + "').getBoundingClientRect())")
                .split(" ");
        for (var type : List.of("mousePressed", "mouseReleased")) {
            ask(
                    "Input.dispatchMouseEvent",
                    StrictJson.parseObject(("{\"type\":\"" + type + "\",\"x\":" + at[0] + ",\"y\":" + at[1]
                                    + ",\"button\":\"left\",\"clickCount\":1}")
                            .getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Writes text into a field, as a person does. */
    public void type(String selector, String text) throws Exception {
        click(selector);
        ask("Input.insertText", JsonObject.builder().put("text", text).build());
    }

    /** From now on, a telephone's screen. */
    public void becomeTelephone(int width, int height) throws Exception {
        ask(
                "Emulation.setDeviceMetricsOverride",
                JsonObject.builder()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", true)
                        .build());
    }

    public void preferDark() throws Exception {
        ask(
                "Emulation.setEmulatedMedia",
                StrictJson.parseObject("{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"dark\"}]}"
                        .getBytes(StandardCharsets.UTF_8)));
    }

    public void forgetCookies() throws Exception {
        ask("Network.clearBrowserCookies", JsonObject.EMPTY);
    }

    /** The whole page, also what is below the screen, as a PNG. */
    public byte[] screenshot() throws Exception {
        var root = "document.documentElement";
        var clip = JsonObject.builder()
                .put("x", 0)
                .put("y", 0)
                .put("width", Long.parseLong(valueOf(root + ".scrollWidth")))
                .put("height", Long.parseLong(valueOf(root + ".scrollHeight")))
                .put("scale", 1)
                .build();
        var data = ask(
                        "Page.captureScreenshot",
                        JsonObject.builder()
                                .put("format", "png")
                                .put("captureBeyondViewport", true)
                                .put("clip", clip)
                                .build())
                .object("result")
                .flatMap(result -> result.string("data"))
                .orElseThrow();
        return Base64.getDecoder().decode(data);
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
