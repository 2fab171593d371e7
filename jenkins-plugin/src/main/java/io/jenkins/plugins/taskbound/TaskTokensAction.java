// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.Util;
import hudson.model.Api;
import hudson.model.Run;
import io.taskbound.client.CloseOutcome;
import io.taskbound.client.receipt.VerifiedReceipt;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/** The page <i>Task tokens</i> of a build, and the same in its {@code api/json}. */
@ExportedBean(defaultVisibility = 2)
public final class TaskTokensAction implements RunAction2 {
    private static final Logger LOGGER = Logger.getLogger(TaskTokensAction.class.getName());

    private final List<TaskTokenRecord> tokens = new CopyOnWriteArrayList<>();
    private List<UngrantedTask> notGranted = new CopyOnWriteArrayList<>();
    /** Entered again by the steps themselves after a restart. */
    private transient List<PeopleWait> waiting = new CopyOnWriteArrayList<>();

    private transient AtomicBoolean saving = new AtomicBoolean();
    private transient Run<?, ?> run;
    private transient volatile boolean runEnded;

    /** Made where there is none; the build is not saved for that. */
    static TaskTokensAction of(Run<?, ?> run) {
        synchronized (run) {
            var action = run.getAction(TaskTokensAction.class);
            if (action == null) {
                action = new TaskTokensAction();
                run.addAction(action);
            }
            return action;
        }
    }

    /**
     * Writes it with the build. False when the build has ended meanwhile: then nobody else closes the token. One of the
     * two always sees the other: the end marks first and looks for tokens after, and this writes first and looks for
     * the mark after.
     */
    boolean add(TaskTokenRecord record) {
        tokens.add(record);
        saveSoon();
        return !runEnded;
    }

    void add(UngrantedTask task) {
        notGranted.add(task);
        saveSoon();
    }

    /** Shown until it is {@linkplain #over over}. False when the build has ended meanwhile, as for a token. */
    boolean add(PeopleWait wait) {
        waiting.add(wait);
        if (runEnded) {
            waiting.clear();
        }
        return !runEnded;
    }

    boolean hasEnded() {
        return runEnded;
    }

    void over(PeopleWait wait) {
        waiting.remove(wait);
    }

    /** What the run still holds at its end. */
    List<TaskTokenRecord> leftAtTheEnd() {
        runEnded = true;
        waiting.clear();
        return tokens.stream().filter(TaskTokenRecord::isOpen).toList();
    }

    static void ended(Run<?, ?> run, TokenKey key, CloseOutcome outcome, TokenEnd by, Optional<Duration> lived) {
        var action = run.getAction(TaskTokensAction.class);
        if (action != null) {
            Instant now = Instant.now();
            action.tokens.stream()
                    .filter(token -> token.key().equals(key))
                    .forEach(token -> token.ended(outcome, by, lived, now));
            action.saveSoon();
        }
    }

    /** Keeps a verified receipt with the token that it is of. */
    static void receipt(Run<?, ?> run, TokenKey key, String text, VerifiedReceipt receipt) {
        var action = run.getAction(TaskTokensAction.class);
        if (action != null) {
            action.tokens.stream()
                    .filter(token -> token.key().equals(key))
                    .forEach(token -> token.receipt(text, receipt));
            action.saveSoon();
        }
    }

    /** A hundred branches that end together write the build a few times and not a hundred times. */
    private void saveSoon() {
        if (saving.compareAndSet(false, true)) {
            Background.now(this::save);
        }
    }

    /** A page that could not be written is not a reason to fail the build. A deleted build stays deleted. */
    private void save() {
        saving.set(false);
        try {
            if (run.getRootDir().isDirectory()) {
                run.save();
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "could not save " + run);
        }
    }

    @Exported
    public List<TaskTokenRecord> getTokens() {
        return List.copyOf(tokens);
    }

    @Exported
    public List<UngrantedTask> getNotGranted() {
        return List.copyOf(notGranted);
    }

    /** The steps that wait until people have approved them. */
    @Exported
    public List<WaitingTask> getWaiting() {
        return waiting.stream().map(PeopleWait::shown).toList();
    }

    /** What became of a token, for people. */
    public String endOf(TaskTokenRecord token) {
        return token.end(run.isBuilding(), Instant.now());
    }

    /** A time of the page's records, for people. */
    public String time(String iso) {
        return Times.forPeople(iso);
    }

    /** Where the page links to for this token's receipt. */
    public String receiptLink(TaskTokenRecord token) {
        return "receipt?handle=" + Util.rawEncode(token.getHandle());
    }

    /** The receipt of the token with this handle, as a file; 404 where there is none. */
    @GET
    public void doReceipt(StaplerResponse2 response, @QueryParameter String handle) throws IOException {
        Optional<String> receipt = tokens.stream()
                .filter(token -> token.getHandle().equals(handle))
                .map(TaskTokenRecord::getReceipt)
                .filter(Objects::nonNull)
                .findFirst();
        if (receipt.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND, "This build keeps no receipt of that token");
            return;
        }
        response.setContentType("application/json;charset=UTF-8");
        // The handle is the issuer's word: nothing of it may end the file's name or the header.
        String file = handle.replaceAll("[^A-Za-z0-9._-]", "_") + ".receipt.json";
        response.setHeader("Content-Disposition", "attachment; filename=\"" + file + "\"");
        response.getWriter().println(receipt.get());
    }

    public Run<?, ?> getRun() {
        return run;
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getIconFileName() {
        return "symbol-key";
    }

    @Override
    public String getDisplayName() {
        return Messages.TaskTokensAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return "task-tokens";
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        saving = new AtomicBoolean();
        waiting = new CopyOnWriteArrayList<>();
        if (notGranted == null) {
            // Written by an older version.
            notGranted = new CopyOnWriteArrayList<>();
        }
        run = r;
    }
}
