// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import java.util.Map;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.snakeyaml.engine.v2.schema.Schema;

/** The core schema without {@code <<}, which YAML 1.2 does not have and which hides what a rule says. */
final class PlainSchema implements Schema {
    static final String MERGE = "<<";
    private final Schema core = new CoreSchema();

    @Override
    public ScalarResolver getScalarResolver() {
        var resolver = core.getScalarResolver();
        return (value, implicit) -> value.equals(MERGE) ? Tag.STR : resolver.resolve(value, implicit);
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        return core.getSchemaTagConstructors();
    }
}
