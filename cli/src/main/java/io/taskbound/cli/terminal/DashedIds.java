// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import java.util.Map;
import java.util.Stack;
import java.util.regex.Pattern;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Lets a command take ids as they are: handles of tokens, their run's part, ids of approvals, of revocations and of
 * keys, and hashes of texts. One of 64 begins with a dash, one of those with {@code -h}, and nobody should have to
 * quote it in an incident. None is as long as an option's name. After a single dash, one that was cut or has a letter
 * too many is an id as well: no option is written like that, and the command says how long an id is.
 */
public final class DashedIds implements IParameterPreprocessor {
    private static final Pattern LIKE_AN_OPTION = Pattern.compile(
            "-([A-Za-z0-9_-]{15}|[A-Za-z0-9_-]{21}(\\.([A-Za-z0-9_-]{32}|[A-Za-z0-9_-]{43}))?|[A-Za-z0-9_-]{42}"
                    + "|[A-Za-z0-9_.][A-Za-z0-9_.-]+)");
    /** A hash that is written together with its option, which picocli would not take either. */
    private static final Pattern AFTER_ITS_OPTION = Pattern.compile("^(--[a-z-]+=)(-[A-Za-z0-9_-]{42})$");

    /** In no id, and at the beginning of no option. */
    private static final String MARK = "=";

    @Override
    @SuppressWarnings("JdkObsolete") // picocli's own type
    public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec argument, Map<String, Object> about) {
        args.replaceAll(DashedIds::marked);
        return false;
    }

    private static String marked(String arg) {
        return LIKE_AN_OPTION.matcher(arg).matches()
                ? MARK + arg
                : AFTER_ITS_OPTION.matcher(arg).replaceFirst("$1" + MARK + "$2");
    }

    /** As it was typed; for every text that is shown, sent or recorded, such as a comment that begins with a dash. */
    public static String plain(String marked) {
        return marked.startsWith(MARK + "-") ? marked.substring(MARK.length()) : marked;
    }
}
