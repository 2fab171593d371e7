// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The git of this machine, with a token for one server. */
final class GitClient {
    private final Path home;
    private final String server;
    private final String token;

    GitClient(Path home, String server, String token) {
        this.home = home;
        this.server = server;
        this.token = token;
    }

    record Outcome(int status, String said) {}

    Outcome run(Path folder, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        GitFolder.alone(builder.environment(), home);
        var login = Base64.getEncoder().encodeToString(("x-access-token:" + token).getBytes(UTF_8));
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_CONFIG_COUNT", "1");
        builder.environment().put("GIT_CONFIG_KEY_0", "http." + server + "/.extraheader");
        builder.environment().put("GIT_CONFIG_VALUE_0", "Authorization: Basic " + login);
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return process.waitFor(60, TimeUnit.SECONDS) ? new Outcome(process.exitValue(), said) : new Outcome(-1, said);
    }
}
