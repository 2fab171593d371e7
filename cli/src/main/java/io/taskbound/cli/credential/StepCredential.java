// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.credential;

import io.taskbound.cli.terminal.PrivateFile;
import io.taskbound.client.credential.AwsCredential;
import io.taskbound.client.credential.AwsEndpoint;
import io.taskbound.client.credential.Credential;
import io.taskbound.client.credential.StepVariables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A credential that was delivered, in the hands of one command until its step ends. Thread-safe. */
public final class StepCredential {
    private final StepVariables variables;
    private final Optional<Served> served;

    private StepCredential(StepVariables variables, Optional<Served> served) {
        this.variables = variables;
        this.served = served;
    }

    private record Served(CredentialEndpoint endpoint, CredentialRefresh refresh) {}

    /**
     * Puts it where the command finds it. AWS credentials are served on loopback, and from then on fetched again at
     * each {@link #heartbeat}.
     *
     * @param folder which only this user may enter; files of ours go there, and whoever owns it removes them
     * @param own the environment from which the command's is made
     * @param source of later ones
     */
    public static StepCredential handOut(
            Credential credential, Path folder, Map<String, String> own, CredentialSource source) throws IOException {
        return credential instanceof AwsCredential aws
                ? serve(aws, folder, own, source)
                : new StepCredential(StepVariables.of(credential, own), Optional.empty());
    }

    private static StepCredential serve(
            AwsCredential credential, Path folder, Map<String, String> own, CredentialSource source)
            throws IOException {
        var authorization = folder.resolve("authorization");
        var empty = folder.resolve("empty");
        var endpoint = CredentialEndpoint.start(credential);
        try {
            PrivateFile.writeNew(authorization, endpoint.secret());
            PrivateFile.writeNew(empty, "");
        } catch (IOException full) {
            endpoint.end();
            throw full;
        }
        var where = new AwsEndpoint(endpoint.uri(), authorization.toString(), empty.toString());
        return new StepCredential(
                StepVariables.served(credential, where, own),
                Optional.of(new Served(endpoint, new CredentialRefresh(credential, endpoint, source))));
    }

    /** What it changes in the command's environment. */
    public StepVariables variables() {
        return variables;
    }

    /** To be called when the token's lease starts again; returns at once. */
    public void heartbeat() {
        served.ifPresent(some -> some.refresh().start());
    }

    /** Nobody gets it from us any more. May be called again. */
    public void end() {
        served.ifPresent(some -> {
            some.refresh().stop();
            some.endpoint().end();
        });
    }
}
