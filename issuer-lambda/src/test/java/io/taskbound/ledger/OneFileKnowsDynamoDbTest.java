// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Requests are made in one place; another makes the table, a third the client, and the ledger hands it on. */
class OneFileKnowsDynamoDbTest {
    private static final String THOSE =
            "io\\.taskbound\\.ledger\\.(DynamoTable|LedgerTable|DynamoClients|LazyClient|DynamoConnection|DynamoLedger|PolicyStore|KeyStore|DenyStore|TokenListing).*";

    @Test
    void allOthersDoWithout() {
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
