// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.credential.CredentialServices;
import io.taskbound.credential.Envelope;
import io.taskbound.github.AppKeys;
import io.taskbound.github.GithubService;
import io.taskbound.issuer.Delivering;
import io.taskbound.ledger.CallTimer;
import io.taskbound.ledger.LazyClient;
import io.taskbound.openbao.OpenbaoService;
import io.taskbound.sts.StsClients;
import io.taskbound.sts.StsService;
import io.taskbound.token.DataKeys;
import io.taskbound.token.LocalDataKeys;
import io.taskbound.token.TaskSigner;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The foreign services of {@code serve}: STS as the AWS SDK finds it (with {@code AWS_ENDPOINT_URL_STS} another one,
 * such as MinIO), OpenBao, and GitHub by the App keys in the data folder. What revoking needs is sealed by a key in the
 * data folder, or by one that ends with this process.
 */
final class LocalDelivering implements AutoCloseable {
    private static final String TABLE = "taskbound";

    private final LazyClient<StsClient> sts = new LazyClient<>(() -> StsClients.ofEnvironment(CallTimer.ofProcess()));
    private final Delivering delivering;

    private LocalDelivering(DataKeys keys, GithubService github, OpenbaoService openbao) {
        this.delivering = Delivering.of(
                new CredentialServices(github, new StsService(sts::get), openbao), new Envelope(keys, TABLE));
    }

    /** @param signer of this issuer, by whose name it logs in at services that believe it */
    static LocalDelivering open(
            Optional<DataFolder> folder, String issuerUrl, TaskSigner signer, CommandContext context) throws Complaint {
        var http = KeyFetching.services(context);
        return new LocalDelivering(
                keys(folder),
                new GithubService(folder.map(DataFolder::appKeys).orElse(AppKeys.NONE), http),
                new OpenbaoService(issuerUrl, signer, http, context.clock()));
    }

    private static DataKeys keys(Optional<DataFolder> folder) throws Complaint {
        if (folder.isEmpty()) {
            return LocalDataKeys.generate();
        }
        try {
            return LocalDataKeys.loadOrCreate(folder.get().credentialKey());
        } catch (IOException | IllegalArgumentException e) {
            throw Complaint.refused(
                    "The key " + folder.get().credentialKey() + " cannot be used: " + e.getMessage() + ".",
                    "Restore the file from a backup, or remove it: then what it sealed cannot be revoked and dies by"
                            + " itself.");
        }
    }

    Delivering delivering() {
        return delivering;
    }

    @Override
    public void close() {
        sts.drop();
    }
}
