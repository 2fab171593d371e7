// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.local.HttpDynamo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** What cold starts are measured with: the deployed zip, an empty handler, and services that have answered before. */
final class ColdStartStage implements AutoCloseable {
    private static final String EMPTY_CLASS = EmptyHandler.class.getName().replace('.', '/') + ".class";
    private final Path folder;
    private final Path zip;
    private final HttpDynamo dynamo = HttpDynamo.start();
    private final FunctionScene scene;

    ColdStartStage(Path folder, Path zip) throws Exception {
        this.folder = folder;
        this.zip = zip.toAbsolutePath();
        FunctionScene.createTables(dynamo);
        this.scene = new FunctionScene(folder, dynamo);
        FunctionProcess.unpack(this.zip, Files.createDirectory(folder.resolve("task")));
        var empty = folder.resolve("empty").resolve(EMPTY_CLASS);
        Files.createDirectories(empty.getParent());
        Files.write(empty, emptyClass());
    }

    private static byte[] emptyClass() throws IOException {
        try (var stream = EmptyHandler.class.getClassLoader().getResourceAsStream(EMPTY_CLASS)) {
            if (stream == null) {
                throw new IOException(EMPTY_CLASS + " is missing");
            }
            return stream.readAllBytes();
        }
    }

    Map<String, String> settings() {
        return scene.settings;
    }

    String mint() {
        return scene.mint();
    }

    /** The same four for each JDK, in this order: empty and issuer, then both with an archive. */
    List<ColdStartCandidate> candidates(String java, Path jdk) throws IOException, InterruptedException {
        return List.of(
                ColdStartCandidate.plain("empty", jdk, EmptyHandler.class, folder.resolve("empty")),
                ColdStartCandidate.plain("issuer", jdk, IssuerLambda.class, folder.resolve("task")),
                archived("empty", java, jdk, EmptyHandler.class, List.of(emptyJar())),
                archived("issuer", java, jdk, IssuerLambda.class, jars()));
    }

    private ColdStartCandidate archived(String name, String java, Path jdk, Class<?> handler, List<Path> jars)
            throws IOException, InterruptedException {
        var archive = folder.resolve(String.format(Locale.ROOT, "%s-%s.jsa", name, java));
        return ColdStartCandidate.archived(name + ", archive", jdk, handler, jars, archive, scene);
    }

    /** The zip is a jar too. */
    private List<Path> jars() throws IOException {
        var jars = new ArrayList<>(List.of(zip));
        try (var files = Files.list(folder.resolve("task").resolve("lib"))) {
            files.sorted().forEach(jars::add);
        }
        return jars;
    }

    private Path emptyJar() throws IOException {
        var jar = folder.resolve("empty.jar");
        if (!Files.exists(jar)) {
            try (var entries = new JarOutputStream(Files.newOutputStream(jar))) {
                entries.putNextEntry(new JarEntry(EMPTY_CLASS));
                entries.write(emptyClass());
            }
        }
        return jar;
    }

    @Override
    public void close() {
        scene.close();
        dynamo.close();
    }
}
