// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.hooks;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.FileTrouble;
import io.taskbound.task.HookName;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** In the data folder of {@code serve}, which reads it at each delivery. */
final class FolderSecrets implements SecretsPlace {
    private final HookFolder folder;
    private final Clock clock;

    FolderSecrets(HookFolder folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public Map<HookName, List<KeptSecret>> all() throws Complaint {
        try {
            return folder.all();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @Override
    public String add(HookName hook, String secret) throws Complaint {
        try {
            var entries = new ArrayList<>(folder.read(hook));
            if (entries.size() >= MOST_ACTIVE) {
                throw SecretsPlace.tooMany(hook);
            }
            var id = SecretIds.next();
            var made = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            var by = "local:" + System.getProperty("user.name", "unknown");
            entries.add(new HookFolder.Entry(new KeptSecret(id, made, by), secret));
            folder.write(hook, entries);
            return id;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @Override
    public void remove(HookName hook, String id) throws Complaint {
        try {
            folder.write(
                    hook,
                    folder.read(hook).stream()
                            .filter(entry -> !entry.about().id().equals(id))
                            .toList());
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private Complaint unusable(IOException fault) {
        return Complaint.refused(
                "The secrets in " + folder + " cannot be used: " + FileTrouble.words(fault) + ".",
                "Name the data folder of `taskbound serve` with --data.");
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
