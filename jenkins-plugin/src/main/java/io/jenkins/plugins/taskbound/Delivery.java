// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import io.taskbound.client.TaskToken;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/** How a block gets its token: in an environment variable, or in a file that the variable names. */
record Delivery(String variable, boolean file) implements Serializable {
    /**
     * What the block finds in its environment.
     *
     * @param folders on the agent that contain a token file, the newest last
     */
    Map<String, String> variables(TaskToken token, List<String> folders) {
        if (!file) {
            return Map.of(variable, token.reveal());
        }
        String folder = folders.get(folders.size() - 1);
        return Map.of(
                variable,
                TokenFiles.path(folder, TokenFiles.TOKEN),
                VariableName.HEADER_FILE,
                TokenFiles.path(folder, TokenFiles.HEADER));
    }

    /** True where the step names neither a file nor a variable. */
    boolean isUsual() {
        return !file && variable.equals(VariableName.TOKEN);
    }

    /** For the log. */
    String place() {
        return (file ? "its file is in " : "it is in ") + variable;
    }
}
