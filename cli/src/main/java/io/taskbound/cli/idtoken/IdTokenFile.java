// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.idtoken;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.SecretInput;
import io.taskbound.client.IdToken;
import java.nio.file.Path;

/** An ID token in a file, as Kubernetes projects it. */
record IdTokenFile(Path file) implements IdTokenSource {
    @Override
    public IdToken fetch(String audience) throws Complaint {
        return IdTokenText.checked(read(), "The file " + file);
    }

    private String read() throws Complaint {
        try {
            return SecretInput.file(file);
        } catch (Complaint e) {
            throw Complaint.refused(e.what(), e.remedy());
        }
    }
}
