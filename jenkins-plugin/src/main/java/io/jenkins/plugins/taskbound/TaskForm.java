// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/** What a user fills in to get a token: the parameters of a step, or the form of a job. Nothing of it is checked. */
interface TaskForm {
    String getTask();

    @CheckForNull
    String getIdentifier();

    @CheckForNull
    String getAction();

    @CheckForNull
    List<TaskTarget> getDetails();

    @CheckForNull
    String getIssuer();

    @CheckForNull
    String getCredentialsId();

    @CheckForNull
    String getLifetime();

    @CheckForNull
    String getLease();

    @CheckForNull
    String getVariable();

    @CheckForNull
    String getApprovalWait();

    boolean isFile();
}
