// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.util.LogTaskListener;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Which builds were given a token and have not ended. Kept on disk, so that a controller that was killed finds, when it
 * starts again, the builds that it does not resume: nobody else closes their tokens.
 */
@Extension
public final class BuildsWithTokens extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(BuildsWithTokens.class.getName());
    /** Long enough for Jenkins to find out which builds it cannot resume. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Set<String> ids = new ConcurrentSkipListSet<>();
    private final AtomicBoolean saving = new AtomicBoolean();

    static BuildsWithTokens get() {
        return ExtensionList.lookupSingleton(BuildsWithTokens.class);
    }

    void add(Run<?, ?> run) {
        if (ids.add(run.getExternalizableId())) {
            saveSoon();
        }
    }

    void forget(Run<?, ?> run) {
        if (ids.remove(run.getExternalizableId())) {
            saveSoon();
        }
    }

    @Override
    public void onLoaded() {
        Set<String> left = read();
        ids.addAll(left);
        closeLater(left);
    }

    private void closeLater(Set<String> left) {
        if (!left.isEmpty()) {
            Background.after(PAUSE, () -> closeLater(close(left)));
        }
    }

    /** Answers those that Jenkins may still resume. */
    private Set<String> close(Set<String> left) {
        var resumed = new TreeSet<String>();
        for (String id : left) {
            Run<?, ?> run = find(id);
            if (run == null) {
                ids.remove(id);
            } else if (run.isBuilding()) {
                resumed.add(id);
            } else if (ids.contains(id)) {
                closeWhatIsLeftOf(run);
                ids.remove(id);
            }
        }
        saveSoon();
        return resumed;
    }

    private static void closeWhatIsLeftOf(Run<?, ?> run) {
        var action = run.getAction(TaskTokensAction.class);
        List<TaskTokenRecord> open = action == null ? List.of() : action.leftAtTheEnd();
        LeftTokens.close(run, open, TokenEnd.NEXT_START, new LogTaskListener(LOGGER, Level.INFO));
    }

    @CheckForNull
    private static Run<?, ?> find(String id) {
        try {
            return Run.fromExternalizableId(id);
        } catch (IllegalArgumentException gone) {
            return null;
        }
    }

    /** Only the last of many changes is written, and no build waits for it. */
    private void saveSoon() {
        if (saving.compareAndSet(false, true)) {
            Background.now(this::save);
        }
    }

    private synchronized void save() {
        saving.set(false);
        try {
            file().write(new ArrayList<>(ids));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the list of builds with tokens", e);
        }
    }

    private static Set<String> read() {
        var known = new TreeSet<String>();
        try {
            if (file().exists() && file().read() instanceof List<?> written) {
                written.forEach(id -> known.add(String.valueOf(id)));
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "the list of builds with tokens", e);
        }
        return known;
    }

    @NonNull
    private static XmlFile file() {
        return new XmlFile(new File(Jenkins.get().getRootDir(), BuildsWithTokens.class.getName() + ".xml"));
    }
}
