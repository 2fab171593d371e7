// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import io.taskbound.cli.terminal.CommandContext;
import picocli.CommandLine;

/** Makes commands: those that act are handed their context, groups and option types are made as they are. */
final class CommandMaker implements CommandLine.IFactory {
    private final CommandContext context;

    CommandMaker(CommandContext context) {
        this.context = context;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (var constructor : type.getConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == CommandContext.class) {
                return type.cast(constructor.newInstance(context));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
