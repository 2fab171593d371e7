// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** One class makes requests, one creates the table, three make the client: no other knows the AWS SDK. */
class DynamoDbClassesTest {
    private static final String THOSE =
            "io\\.taskbound\\.ledger\\.(DynamoTable|DynamoConversion|LedgerTable|DynamoClients|DynamoConnection|LazyClient)(\\$.*)?";

    @Test
    void noOthersKnowTheSdk() {
        noClasses()
                .that()
                .haveNameNotMatching(THOSE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.taskbound.ledger"));
    }
}
