// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.PrivateFile;
import io.taskbound.github.AppKeys;
import io.taskbound.token.AppSigner;
import io.taskbound.token.RsaAppSigner;
import io.taskbound.token.SignerUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * The keys of GitHub Apps in the data folder of {@code serve}: {@code github-apps/ID.pem}, for its owner alone, as the
 * signing key is. A file is replaced whole, and read each time, so that an import counts with the next proof.
 */
public final class AppKeyFolder implements AppKeys {
    private final Path data;

    /** @param data the folder of {@code serve --data} */
    public AppKeyFolder(Path data) {
        this.data = data;
    }

    @Override
    public Optional<AppSigner> find(String appId) throws SignerUnavailable {
        var file = file(appId);
        try {
            var key = AppKey.read(Files.readString(file), file.toString());
            return Optional.of(RsaAppSigner.of(key.pkcs8()));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (Complaint notOurs) {
            throw new SignerUnavailable(SignerUnavailable.Why.WRONG_KIND, notOurs.what());
        } catch (IOException unreadable) {
            throw new SignerUnavailable(file + " cannot be read");
        }
    }

    /** @throws NoSuchFileException when there is no data folder, which is then most likely a misspelt one */
    Path write(String appId, AppKey key) throws IOException {
        if (!Files.isDirectory(data)) {
            throw new NoSuchFileException(data.toString());
        }
        var file = file(appId);
        PrivateFile.folder(data.resolve("github-apps"));
        PrivateFile.write(
                file,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.pkcs8())
                        + "\n-----END PRIVATE KEY-----\n");
        return file;
    }

    private Path file(String appId) {
        return data.resolve("github-apps").resolve(appId + ".pem");
    }
}
