// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The process behind all {@link AwsServer}s of this one: it is started once, and ends with this process. */
final class AwsServers {
    private static final String SCRIPT = "serve.py";
    private static final Map<Path, AwsServers> BY_ROOT = new HashMap<>();

    private final AwsTools tools;
    private final Writer questions;
    private final BufferedReader answers;

    private AwsServers(AwsTools tools) throws IOException {
        this.tools = tools;
        var process = tools.python(SCRIPT, List.of());
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    static synchronized AwsServers of(Path root) throws AwsServer.Unavailable, IOException {
        var running = BY_ROOT.get(root);
        if (running == null) {
            running = new AwsServers(AwsTools.installed(root));
            BY_ROOT.put(root, running);
        }
        return running;
    }

    /** A new server, empty. */
    synchronized URI start() throws IOException {
        ask("start");
        var address = answers.readLine();
        if (address == null || address.isEmpty()) {
            throw new IOException("no AWS-compatible server was started: " + tools.complaints(SCRIPT));
        }
        return URI.create(address);
    }

    synchronized void stop(URI address) throws IOException {
        ask("stop " + address);
    }

    private void ask(String line) throws IOException {
        questions.write(line + "\n");
        questions.flush();
    }
}
