// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Answers git's clients by {@code git http-backend}, a CGI program of git itself. */
final class GitBackend {
    private static final int MAX_SECONDS = 60;

    private final GitFolder folder;

    GitBackend(GitFolder folder) {
        this.folder = folder;
    }

    /** @param rest of the path behind the repository, such as {@code /info/refs} */
    Answer serve(Asked asked, Repository repository, String rest) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("git", "http-backend").redirectError(ProcessBuilder.Redirect.DISCARD);
        var environment = builder.environment();
        GitFolder.alone(environment, folder.root());
        environment.put("GIT_PROJECT_ROOT", folder.root().toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("PATH_INFO", "/" + folder.root().relativize(folder.folder(repository)) + rest);
        environment.put("REQUEST_METHOD", asked.method());
        environment.put("QUERY_STRING", asked.query());
        environment.put("CONTENT_TYPE", asked.header("Content-Type").orElse(""));
        environment.put("CONTENT_LENGTH", Integer.toString(asked.body().length));
        environment.put("REMOTE_ADDR", "127.0.0.1");
        environment.put("REMOTE_USER", "x-access-token");
        asked.header("Content-Encoding").ifPresent(encoding -> environment.put("HTTP_CONTENT_ENCODING", encoding));
        asked.header("Git-Protocol").ifPresent(version -> environment.put("GIT_PROTOCOL", version));
        var process = builder.start();
        var input = new Thread(() -> feed(process, asked.body()), "git-input");
        input.setDaemon(true);
        input.start();
        try (var out = process.getInputStream()) {
            var answer = read(out);
            process.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
            return answer;
        } finally {
            process.destroyForcibly();
        }
    }

    private static void feed(Process process, byte[] body) {
        try (var in = process.getOutputStream()) {
            in.write(body);
        } catch (IOException endedEarlier) {
            // Its answer says why.
        }
    }

    private static Answer read(InputStream out) throws IOException {
        int status = 200;
        Map<String, String> headers = new LinkedHashMap<>();
        for (var line = line(out); !line.isEmpty(); line = line(out)) {
            var parts = List.of(line.split(": ", 2));
            if (parts.get(0).equals("Status")) {
                status = Integer.parseInt(parts.get(1).substring(0, 3));
            } else if (parts.size() == 2) {
                headers.put(parts.get(0), parts.get(1));
            }
        }
        return new Answer(status, headers, out.readAllBytes());
    }

    private static String line(InputStream out) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = out.read(); next >= 0 && next != '\n'; next = out.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(ISO_8859_1);
    }
}
