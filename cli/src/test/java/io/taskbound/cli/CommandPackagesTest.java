// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** A package of commands can be read without one that needs it in turn. */
class CommandPackagesTest {
    @Test
    void noTwoNeedEachOther() {
        slices().matching("io.taskbound.cli.(*)..")
                .should()
                .beFreeOfCycles()
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.taskbound.cli"));
    }
}
